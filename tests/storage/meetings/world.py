"""A small region with meetings: what the stories of meetings and search happen in."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, insert

from storage import meetings
from storage.meetings import NewItem, NewMeeting, NewProposal
from storage.rules.access import Actor, Membership, Role
from storage.tables import branches
from tests.conftest import NOW

IN_THREE_DAYS = datetime(2026, 11, 27, 5, 0, tzinfo=UTC)
PLACE_KK, PLACE_RU = "облыстық филиал, 2-қабат", "областной филиал, 2-й этаж"

SPORT = NewItem(
    title_kk="Спорт нысандарының құрылысы туралы",
    title_ru="О строительстве спортивных объектов",
    kind="control",
    speaker_kk="Ержан Сапаров",
    speaker_ru="Ержан Сапаров",
    speaker_position_kk="облыстық спорт басқармасының басшысы",
    speaker_position_ru="руководитель областного управления спорта",
    heard_kk="Спорт инфрақұрылымымен қамту 41,8 пайызға жетті",
    heard_ru="Обеспеченность спортивной инфраструктурой достигла 41,8 процента",
    proposals=(
        NewProposal(
            text_kk="Ипподром құрылысын партиялық бақылауға алу",
            text_ru="Взять строительство ипподрома под партийный контроль",
            author_kk="Бақыт Оразов",
            author_ru="Бахыт Оразов",
        ),
        NewProposal(
            text_kk="Ауыл балаларын секцияларға қамту", text_ru="Охватить сельских детей секциями"
        ),
    ),
)
WATER = NewItem(
    title_kk="Ауыз су тапшылығы туралы",
    title_ru="О нехватке питьевой воды",
    speaker_kk="Айгүл Тілеубаева",
    speaker_ru="Айгуль Тлеубаева",
)


@dataclass(frozen=True)
class World:
    """Ids of the branches and of the meetings."""

    region: int
    saryagash: int
    kentau: int
    ahead: int  # of the region, in three days
    later: int  # of the region, in thirty days
    held: int  # of the region, last week
    undated: int  # of the region, held, known from an article only
    kentau_ahead: int  # in two days
    draft: int  # of Saryagash


def fill(tx: Connection) -> World:
    """Make the region."""
    region = _branch(tx, "ОБЛ", "region", "Облыстық филиал", "Областной филиал", 0)
    saryagash = _branch(tx, "САР", "district", "Сарыағаш ауданы", "Сарыагашский район", 1)
    kentau = _branch(tx, "КЕН", "city", "Кентау қаласы", "город Кентау", 2)
    return World(
        region=region,
        saryagash=saryagash,
        kentau=kentau,
        ahead=add_ahead(tx, region),
        later=add_ahead(tx, region, days=30),
        held=add_held(tx, region),
        undated=add_undated(tx, region),
        kentau_ahead=add_ahead(tx, kentau, days=2, of="Кентау"),
        draft=add_ahead(tx, saryagash, days=1, of="Сарыағаш", state="draft"),
    )


def add_ahead(
    tx: Connection, branch_id: int, *, days: int = 3, of: str = "", state: str = "announced"
) -> int:
    meeting = NewMeeting(
        branch_id=branch_id,
        title_kk=f"{of} Бюросының кезекті отырысы".strip(),
        title_ru=f"Очередное заседание Бюро {of}".strip(),
        starts_at=NOW + timedelta(days=days),
        state=state,
        place_kk=PLACE_KK,
        place_ru=PLACE_RU,
        items=(WATER, SPORT),
    )
    return meetings.add(tx, meeting)


def add_held(tx: Connection, branch_id: int) -> int:
    meeting = NewMeeting(
        branch_id=branch_id,
        title_kk="Бюроның қараша отырысы",
        title_ru="Ноябрьское заседание Бюро",
        starts_at=NOW - timedelta(days=7),
        state="held",
        chair_kk="Марат Жүнісов",
        chair_ru="Марат Жунусов",
        summary_kk="Екі мәселе қаралды: спорт және жолдар.",
        summary_ru="Рассмотрено два вопроса: спорт и дороги.",
        decision_kk="Барлық ұсыныс қорытынды құжатқа енгізілді.",
        decision_ru="Все предложения внесены в итоговый документ.",
        items=(SPORT,),
    )
    return meetings.add(tx, meeting)


def add_undated(tx: Connection, branch_id: int) -> int:
    meeting = NewMeeting(
        branch_id=branch_id,
        title_kk="Бюроның жұмыс жиыны",
        title_ru="Рабочее заседание Бюро",
        starts_at=None,
        period_kk="2025 жыл, күні көрсетілмеген",
        period_ru="2025 год, дата не указана",
        state="held",
        summary_kk="Жаңа өндіріс орындары туралы сұралды.",
        summary_ru="Спрашивали о новых производствах.",
        source_kk="Баспасөз қызметінің хабары бойынша",
        source_ru="По сообщению пресс-службы",
        items=(NewItem(title_kk="Кәсіпкерлік", title_ru="Предпринимательство"),),
    )
    return meetings.add(tx, meeting)


def actor(role: Role | None, branch_id: int | None = None) -> Actor:
    held = (Membership(role, branch_id),) if role else ()
    return Actor(person_id=1, telegram_id=1, name="Гүлнар", language="kk", memberships=held)


def _branch(tx: Connection, code: str, kind: str, kk: str, ru: str, position: int) -> int:
    statement = insert(branches).values(
        code=code, kind=kind, name_kk=kk, name_ru=ru, position=position
    )
    return int(tx.execute(statement.returning(branches.c.id)).scalar_one())
