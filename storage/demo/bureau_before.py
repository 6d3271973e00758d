"""A fictional meeting of the Bureau some weeks ago, from the roll to the signed minutes.

What it told people to do is under control: one instruction is overdue, two are still ahead.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import Connection, insert, select, update

from storage.demo.bureau import MEMBERS, SECRETARY
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.meetings import (
    adding,
    answers,
    bodies,
    calling,
    clauses,
    document,
    instructions,
    invitees,
    life,
    presence,
    signing,
    sitting,
    voting,
)
from storage.meetings.adding import NewItem, NewMeeting, NewProposal
from storage.meetings.instructions import Executor
from storage.rules.access import Actor
from storage.rules.quorum import ABSTAINED, FOR
from storage.tables import agenda_items, meetings, proposals, votes
from storage.tables import invitees as invitees_table

DAYS_AGO = 30
BEGAN = time(10, 0)
NUMBER = "11"  # of the minutes
*PRESENT, ABSENT = MEMBERS

ITEMS = (
    NewItem(
        title_kk="Ауылдық клубтардың қысқа дайындығы туралы (демо)",
        title_ru="О подготовке сельских клубов к зиме (демо)",
        speaker_kk="Жартасов Марат",
        speaker_ru="Жартасов Марат",
        speaker_position_kk="облыстық инфрақұрылым басқармасының басшысы (демо)",
        speaker_position_ru="руководитель областного управления инфраструктуры (демо)",
        proposals=(
            NewProposal(
                text_kk="Сарыағаш ауданындағы ауылдық клубтардың жылуы тексерілсін [демо]",
                text_ru="Проверить отопление сельских клубов Сарыагашского района [демо]",
                author_kk="Аспанова Сәуле",
                author_ru="Аспанова Сауле",
            ),
            NewProposal(
                text_kk="Көше жарығы жоқ ауылдардың тізімі жасалсын [демо]",
                text_ru="Составить список сёл без уличного освещения [демо]",
                author_kk="Самалов Бекзат",
                author_ru="Самалов Бекзат",
            ),
        ),
    ),
    NewItem(
        title_kk="Депутаттардың қабылдау кестесі туралы (демо)",
        title_ru="О графике приёма депутатов (демо)",
        kind="information",
        speaker_kk="Жайлауқызы Гүлнар",
        speaker_ru="Жайлаукызы Гульнар",
        speaker_position_kk="Сарыағаш аудандық филиалының атқарушы хатшысы (демо)",
        speaker_position_ru="исполнительный секретарь Сарыагашского районного филиала (демо)",
        proposals=(
            NewProposal(
                text_kk="Депутаттардың қабылдау кестесі филиалдарға ілінсін [демо]",
                text_ru="Вывесить график приёма депутатов в филиалах [демо]",
            ),
        ),
    ),
)
DECISIONS = (
    ("Есеп назарға алынсын [демо]", "Принять отчёт к сведению [демо]"),
    ("Қабылдау кестесі бекітілсін [демо]", "Утвердить график приёма [демо]"),
)


@dataclass(frozen=True)
class Given:
    """An instruction made of a proposal: to whom, and when it is due from the day of loading."""

    proposal: int  # from 0
    executor: int  # Telegram id
    days: int


GIVEN = (Given(0, 1007, 6), Given(1, 1007, -4), Given(2, 1002, 20))


def load(tx: Connection, branch_id: int, past: Past) -> None:
    """Hold the meeting on a working day some weeks ago, with every step taken as it is taken."""
    began = past.moment(DAYS_AGO, BEGAN)
    day = began.date()
    secretary = actor(tx, SECRETARY, day)
    meeting_id = adding.add(tx, _meeting(branch_id))
    begun = {"began_at": began, "secretary_id": secretary.person_id}
    tx.execute(update(meetings).where(meetings.c.id == meeting_id).values(**begun))
    invitees.call(tx, meeting_id, calling.who(tx, branch_id, bodies.BUREAU, day), began, today=day)
    _sit(tx, secretary, meeting_id, past)
    life.end(
        tx, secretary, meeting_id, _version(tx, meeting_id), began + timedelta(hours=2), past.zone
    )
    _write(tx, secretary, meeting_id, past)


def _meeting(branch_id: int) -> NewMeeting:
    # Without a day, as the one told after its source: so that one stays the last one held.
    return NewMeeting(
        branch_id=branch_id,
        state="in_progress",
        title_kk="Саяси кеңес Бюросының алдыңғы отырысы (демо)",
        title_ru="Предыдущее заседание Бюро Политического совета (демо)",
        starts_at=None,
        period_kk="өткен айда (демо)",
        period_ru="в прошлом месяце (демо)",
        place_kk="облыстық филиал, мәжіліс залы",
        place_ru="областной филиал, зал заседаний",
        chair_kk="Айбарұлы Бауыржан, облыстық филиалдың төрағасы (демо)",
        chair_ru="Айбарулы Бауыржан, председатель областного филиала (демо)",
        summary_kk="Ауылдық клубтардың қысқа дайындығы қаралды, депутаттардың қабылдау кестесі "
        "бекітілді. Үш тапсырма берілді. [демо]",
        summary_ru="Рассмотрена подготовка сельских клубов к зиме, утверждён график приёма "
        "депутатов. Даны три поручения. [демо]",
        items=ITEMS,
    )


def _sit(tx: Connection, secretary: Actor, meeting_id: int, past: Past) -> None:
    """Everybody comes but one; each item is taken, voted on and decided."""
    began = past.moment(DAYS_AGO, BEGAN)
    day = began.date()
    here = {
        telegram_id: _invitee(tx, meeting_id, actor(tx, telegram_id, day).person_id)
        for telegram_id in PRESENT
    }
    for invitee in here.values():
        answers.put(tx, invitee, answers.WILL, began)
    presence.mark_coming(tx, secretary, meeting_id, began, day)
    for number, (kk, ru) in enumerate(DECISIONS, start=1):
        at = began + timedelta(minutes=40 * number)
        sitting.next_item(tx, secretary, meeting_id, _item_now(tx, meeting_id), at)
        item_id = _item_now(tx, meeting_id)
        drafted = {"draft_decision_kk": kk, "draft_decision_ru": ru}
        tx.execute(update(agenda_items).where(agenda_items.c.id == item_id).values(**drafted))
        ballot = voting.open_(tx, secretary, item_id, None, at, day)
        choices = dict.fromkeys(here.values(), FOR)
        if number == 1:
            choices[here[PRESENT[2]]] = ABSTAINED
        tx.execute(
            insert(votes),
            [
                {"ballot_id": ballot.id, "invitee_id": invitee, "choice": choice, "at": at}
                for invitee, choice in choices.items()
            ],
        )
        voting.close(tx, secretary, ballot.id, ballot.version, at, day)
        version = select(agenda_items.c.version).where(agenda_items.c.id == item_id)
        sitting.take_draft(tx, secretary, item_id, tx.execute(version).scalar_one(), at)


def _write(tx: Connection, secretary: Actor, meeting_id: int, past: Past) -> None:
    """The final document with its instructions, and the minutes."""
    at = past.moment(DAYS_AGO - 1, BEGAN)
    made = select(proposals.c.id).join(agenda_items, agenda_items.c.id == proposals.c.item_id)
    of_meeting = made.where(agenda_items.c.meeting_id == meeting_id).order_by(proposals.c.id)
    ids = list(tx.execute(of_meeting).scalars())
    for given in GIVEN:
        executor = Executor(person_id=actor(tx, given.executor, past.today).person_id)
        proposal = ids[given.proposal]
        instruction = instructions.of_proposal(tx, secretary, proposal, 1, executor, at)
        deadline: date = past.today + timedelta(days=given.days)
        instructions.set_deadline(tx, secretary, instruction, 1, deadline, at, at.date())
    clauses.add_decisions(tx, secretary, meeting_id, at)
    seal = document.whole(tx, secretary, meeting_id).seal
    document.approve(tx, secretary, meeting_id, seal, at, at.date())
    signing.sign(tx, secretary, meeting_id, _version(tx, meeting_id), NUMBER, at)


def _invitee(tx: Connection, meeting_id: int, person_id: int) -> int:
    of = invitees_table.c.meeting_id == meeting_id, invitees_table.c.person_id == person_id
    return int(tx.execute(select(invitees_table.c.id).where(*of)).scalar_one())


def _item_now(tx: Connection, meeting_id: int) -> int:
    query = select(meetings.c.item_id).where(meetings.c.id == meeting_id)
    return int(tx.execute(query).scalar_one() or 0)


def _version(tx: Connection, meeting_id: int) -> int:
    query = select(meetings.c.version).where(meetings.c.id == meeting_id)
    return int(tx.execute(query).scalar_one())
