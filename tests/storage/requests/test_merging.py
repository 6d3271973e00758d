import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from storage import inquiries, requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.inquiries import bodies
from storage.requests import (
    Contact,
    RequestDraft,
    RequestFile,
    VoterRequest,
    closing,
    escalating,
    following,
    handing,
    linked,
    merging,
    rating,
    reminding,
    settlements,
    similar,
    splitting,
)
from storage.requests.rows import remember
from storage.rules.access import Actor
from storage.rules.categories import Category
from storage.rules.request_states import OUTCOMES, RequestState
from storage.tables import (
    audit,
    outbox,
    request_past_deputies,
    request_watchers,
    voter_requests,
)
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, a_voter, build

LAMP = "Абай көшесінде шам жанбайды, кешке қараңғы"
ALIKE = "Абай көшесінде кешке қараңғы, шамдар жанбайды"
PHONE = "+77011234567"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def _registered(database: Database, who: Actor, text: str, **more: Any) -> VoterRequest:
    draft = RequestDraft(text, more.pop("category", Category.LIGHTING), **more)
    return await database.write(requests.register, who, draft, NOW, ZONE)


async def _now(database: Database, who: Actor, of: VoterRequest) -> VoterRequest:
    return await database.read(requests.get, who, of.id)


async def _merge(database: Database, who: Actor, one: VoterRequest, main: VoterRequest) -> None:
    one, main = await _now(database, who, one), await _now(database, who, main)
    await database.write(merging.merge, who, one.id, one.version, main.id, main.version, NOW)


async def _part(database: Database, who: Actor, one: VoterRequest) -> VoterRequest:
    one = await _now(database, who, one)
    return await database.write(merging.part, who, one.id, one.version, NOW, TODAY)


async def _state(
    database: Database, who: Actor, one: VoterRequest, state: RequestState
) -> VoterRequest:
    one = await _now(database, who, one)
    given = (who, one.id, one.version)
    if state in OUTCOMES:
        return await database.write(closing.report, *given, state, "Акт", (), NOW, TODAY)
    if state is RequestState.CLOSED:
        return await database.write(closing.accept, *given, NOW, TODAY)
    return await database.write(requests.change_state, *given, state, NOW)


async def test_a_merged_one_goes_on_with_the_main_one_and_lists_show_one(
    database: Database, world: World
) -> None:
    main = await _registered(database, world.aigul, LAMP, files=(RequestFile("photo", "f1"),))
    file = RequestFile("voice", "f2")
    other = await _registered(database, world.nurlan, ALIKE, files=(file,))
    await database.write(
        lambda tx: tx.execute(
            insert(request_watchers).values(request_id=other.id, person_id=world.nurlan.person_id)
        )
    )
    await _merge(database, world.dana, other, main)
    listed = await database.read(requests.listing, world.dana, "open", TODAY, 0, 8)
    assert [one.number for one in listed] == [main.number]
    assert (await database.read(requests.counts, world.dana, TODAY)).open == 1
    shown = await _now(database, world.aigul, main)
    assert shown.attachments == 2
    files = await database.read(requests.files, world.aigul, main.id)
    assert [one.file_id for one in files] == ["f1", "f2"]
    theirs = await _now(database, world.aigul, other)
    assert (theirs.merged_into, theirs.deputy_id) == (main.id, world.aigul.person_id)
    with pytest.raises(NotFound):
        await database.read(requests.get, world.nurlan, other.id)
    ties = await database.read(linked.ties, shown)
    assert [one.number for one in ties.merged] == [other.number]
    assert (await database.read(linked.ties, theirs)).main == linked.Tied(main.id, main.number)
    watching = await database.read(
        lambda tx: tx.execute(select(request_watchers.c.request_id)).scalars().all()
    )
    assert set(watching) == {main.id, other.id}


async def test_those_concerned_are_told_and_nobody_else(database: Database, world: World) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.nurlan, ALIKE)
    await _merge(database, world.dana, other, main)
    told = await database.read(
        lambda tx: tx.execute(
            select(outbox.c.person_id, outbox.c.params).where(outbox.c.kind == merging.MERGED)
        ).all()
    )
    assert {row.person_id for row in told} == {world.aigul.person_id, world.nurlan.person_id}
    assert "шам" not in str(told)
    past = await database.read(lambda tx: tx.execute(select(request_past_deputies)).all())
    assert [row[:2] for row in past] == [(other.id, world.nurlan.person_id)]


async def test_nothing_reminds_of_it_any_more(database: Database, world: World) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE)
    await _merge(database, world.aigul, other, main)
    ids = [main.id, other.id]
    awaited = await database.read(reminding.awaited, world.aigul.person_id, ids, TODAY)
    assert [one.id for one in awaited] == [main.id]
    late = NOW + timedelta(days=60)
    await database.write(escalating.tick, late, ZONE)
    told = await database.read(
        lambda tx: (
            tx.execute(select(outbox.c.params).where(outbox.c.kind == escalating.KIND))
            .scalars()
            .all()
        )
    )
    assert told
    assert all(row["requests"] == [main.id] for row in told)


async def test_its_voter_sees_the_state_of_the_main_one_and_nothing_else_of_it(
    database: Database, world: World
) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE, category=Category.LIGHTING)
    code = await database.write(following.code_of, world.aigul, other.id, NOW)
    voter = world.marat
    await database.write(following.follow, voter, code, NOW, "kk")
    await database.write(
        remember, world.aigul, main.id, NOW, "answer", text="Басқаға ғана", public=True
    )
    await _merge(database, world.aigul, other, main)
    await _state(database, world.aigul, main, RequestState.IN_PROGRESS)
    seen = await database.write(following.look, voter, code, NOW)
    assert seen is not None
    assert (seen.number, seen.state) == (other.number, RequestState.IN_PROGRESS)
    assert seen.comments == ()
    told = await database.write(following.answer, world.aigul, main.id, "Шам ауысады", NOW)
    assert told == 1
    again = await database.write(following.look, voter, code, NOW)
    assert again is not None
    assert [text for _, text in again.comments] == ["Шам ауысады"]
    assert await database.read(following.for_follower, other.id, voter.person_id) is not None


async def test_closing_the_main_one_closes_it_and_erases_its_contact(
    database: Database, world: World
) -> None:
    main = await _registered(database, world.aigul, LAMP)
    contact = Contact(PHONE, "Гүлнар", "2026-11", NOW)
    other = await _registered(database, world.aigul, ALIKE, contact=contact)
    await _merge(database, world.aigul, other, main)
    opened = await database.write(requests.open_contact, world.aigul, other.id, NOW)
    assert opened.phone == PHONE
    await _state(database, world.aigul, main, RequestState.REDIRECTED)
    await _state(database, world.dana, main, RequestState.CLOSED)
    closed = await _now(database, world.aigul, other)
    assert (closed.state, closed.has_contact) == (RequestState.CLOSED, False)
    with pytest.raises(NotPossible, match="state"):
        await _part(database, world.dana, other)
    await _state(database, world.dana, main, RequestState.IN_PROGRESS)
    assert (await _part(database, world.dana, other)).state is RequestState.IN_PROGRESS


async def test_the_voter_of_a_merged_one_has_a_say_on_the_outcome(
    database: Database, world: World
) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE)
    code = await database.write(following.code_of, world.aigul, other.id, NOW)
    voter = await a_voter(database)
    await database.write(following.follow, voter, code, NOW, "kk")
    await _merge(database, world.aigul, other, main)
    await _state(database, world.aigul, main, RequestState.REDIRECTED)
    later = NOW + rating.ASKED_AFTER
    assert await database.write(rating.ask, later, ZONE) == 1
    said = await database.write(rating.say, voter, code, later, solved=False)
    assert said is not None
    assert said.really_solved is False
    card = await _now(database, world.aigul, main)
    assert (card.says_solved, card.state) == (False, RequestState.REDIRECTED)
    for one in (main, other):
        history = await database.read(requests.history, world.aigul, one.id)
        assert [line.by for line in history if line.kind == "not_solved"] == [""]
    # The main one's voter agrees; this one does not, so it is not closed by that.
    first = await database.write(following.code_of, world.aigul, main.id, NOW)
    assert await database.write(rating.rate, voter, first, 5, later) is not None
    assert (await _now(database, world.aigul, main)).state is RequestState.REDIRECTED
    closed = await database.write(rating.rate, voter, code, 4, later)
    assert closed is not None
    assert (closed.state, closed.rating) == (RequestState.CLOSED, 4)
    assert (await _now(database, world.aigul, other)).state is RequestState.CLOSED
    await _state(database, world.dana, main, RequestState.IN_PROGRESS)
    again = await database.write(following.look, voter, code, later)
    assert again is not None
    assert (again.state, again.rating, again.really_solved) == (
        RequestState.IN_PROGRESS, None, None
    )  # fmt: skip


async def test_a_secretary_parts_them_again_and_the_former_deputy_has_it_back(
    database: Database, world: World
) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.nurlan, ALIKE)
    await _merge(database, world.dana, other, main)
    with pytest.raises(NotAllowed):
        await _part(database, world.aigul, other)
    back = await _part(database, world.dana, other)
    assert (back.merged_into, back.deputy_id) == (None, world.nurlan.person_id)
    awaited = await database.read(reminding.awaited, world.nurlan.person_id, [back.id], TODAY)
    assert [one.id for one in awaited] == [back.id]
    with pytest.raises(NotPossible, match="apart"):
        await _part(database, world.dana, other)
    history = await database.read(requests.history, world.nurlan, back.id)
    assert [line.kind for line in history] == ["registered", "merged", "parted"]


async def test_what_was_merged_before_goes_along_and_circles_are_refused(
    database: Database, world: World
) -> None:
    first = await _registered(database, world.aigul, LAMP)
    second = await _registered(database, world.nurlan, ALIKE)
    third = await _registered(database, world.both, LAMP, branch_id=world.sar)
    await _merge(database, world.dana, first, second)
    for one, main in ((second, first), (first, second), (first, third)):
        with pytest.raises(NotPossible, match="merged"):
            await _merge(database, world.dana, one, main)
    await _merge(database, world.dana, second, third)
    assert (await _now(database, world.dana, first)).merged_into == third.id
    assert (await _now(database, world.dana, first)).deputy_id == world.both.person_id
    main = await _now(database, world.dana, third)
    await database.write(
        handing.hand_over, world.dana, main.id, main.version, world.nurlan.person_id, NOW, TODAY
    )
    assert (await _now(database, world.nurlan, first)).id == first.id


async def test_what_cannot_be_merged(database: Database, world: World) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE)
    theirs = await _registered(database, world.marat, LAMP)
    with pytest.raises(NotPossible, match="itself"):
        await _merge(database, world.aigul, main, main)
    with pytest.raises(NotPossible, match="branch"):
        await _merge(database, world.ermek, main, theirs)
    for foreign in (theirs.id, -1, 2**62):
        with pytest.raises(NotFound):
            await database.write(merging.merge, world.aigul, main.id, main.version, foreign, 1, NOW)
    with pytest.raises(AlreadyChanged):
        await database.write(merging.merge, world.aigul, main.id, 1, other.id, 7, NOW)
    await _state(database, world.aigul, other, RequestState.REDIRECTED)
    for one, into in ((main, other), (other, main)):
        with pytest.raises(NotPossible, match="state"):
            await _merge(database, world.aigul, one, into)


async def test_a_merged_one_is_not_moved_by_itself(database: Database, world: World) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE)
    await _merge(database, world.aigul, other, main)
    for step in (RequestState.IN_PROGRESS, RequestState.REDIRECTED):
        with pytest.raises(NotPossible, match="merged"):
            await _state(database, world.aigul, other, step)
    now = await _now(database, world.aigul, other)
    with pytest.raises(NotPossible, match="merged"):
        await database.write(
            handing.hand_over, world.dana, now.id, now.version, world.nurlan.person_id, NOW, TODAY
        )
    with pytest.raises(NotPossible, match="merged"):
        await database.write(splitting.split, world.dana, now.id, now.version, LAMP, NOW, ZONE)


async def test_two_who_merge_crosswise_at_once(database: Database, world: World) -> None:
    one = await _registered(database, world.aigul, LAMP)
    two = await _registered(database, world.aigul, ALIKE)
    results = await asyncio.gather(
        _merge(database, world.aigul, one, two),
        _merge(database, world.dana, two, one),
        return_exceptions=True,
    )
    lost = [r for r in results if r is not None]
    assert len(lost) == 1
    assert isinstance(lost[0], (AlreadyChanged, NotPossible))


async def test_inquiries_of_a_merged_one_are_those_of_the_main_one(
    database: Database, world: World
) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE)

    def inquire(tx: Any) -> None:
        names = {"name_kk": "Әкімдік", "name_ru": "Акимат"}
        body = bodies.add(tx, world.dana, world.sar, names, NOW)
        draft = inquiries.InquiryDraft(
            branch_id=world.sar, body_id=body.id, subject="Шам", text=LAMP, language="kk",
            request_ids=(main.id, other.id),
        )  # fmt: skip
        inquiries.make(tx, world.aigul, draft, NOW, ZONE)

    await database.write(inquire)
    await _merge(database, world.aigul, other, main)
    found = await database.read(inquiries.of_request, world.aigul, main.id)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (ALIKE, "Жылға ауылы", True),
        (ALIKE, "Жылғада, Абай көшесі", True),
        (ALIKE, "Ақжазық ауылы", False),
        (ALIKE, None, True),
        ("Мектеп жанында жарық жоқ", None, False),
        ("Мектеп жанында шам жоқ, балалар қорқады, жол да нашар", "Жылға ауылы", False),
    ],
)
async def test_which_are_like_it(
    database: Database, world: World, text: str, place: str | None, *, found: bool
) -> None:
    villages = [("Жылға ауылы", "село Жылга"), ("Ақжазық ауылы", "село Акжазык")]
    await database.write(settlements.add, world.dana, world.sar, villages, NOW)
    main = await _registered(database, world.aigul, LAMP, place="Жылға ауылы")
    other = await _registered(database, world.nurlan, text, place=place)
    alike = await database.read(similar.similar, world.dana, other)
    assert [one.id for one in alike] == ([main.id] if found else [])
    assert await database.read(similar.similar, world.nurlan, other) == []


async def test_a_number_or_its_counter_names_one(database: Database, world: World) -> None:
    main = await _registered(database, world.aigul, LAMP)
    other = await _registered(database, world.aigul, ALIKE)
    theirs = await _registered(database, world.marat, LAMP)
    for typed in (main.number, main.number.lower(), f"№ {main.number}", "1", "0001"):
        named = await database.read(merging.numbered, world.aigul, other, typed)
        assert named.id == main.id
    for typed in ("", "№", "99", "9" * 30, theirs.number, "-1", "САР"):
        with pytest.raises(NotFound):
            await database.read(merging.numbered, world.aigul, other, typed)


async def test_a_second_matter_gets_a_number_of_its_own(database: Database, world: World) -> None:
    contact = Contact(PHONE, "Гүлнар", "2026-11", NOW)
    first = await _registered(
        database, world.aigul, f"{LAMP}. Жолда шұңқыр көп", place="Жылға", contact=contact
    )
    second = await database.write(
        splitting.split, world.dana, first.id, first.version, "Жолда шұңқыр көп", NOW, ZONE
    )
    assert (second.category, second.place, second.deputy_id) == (
        "roads", "Жылға", world.aigul.person_id,
    )  # fmt: skip
    assert not second.has_contact
    ties = await database.read(linked.ties, second)
    assert ties.split_from == linked.Tied(first.id, first.number)
    ties = await database.read(linked.ties, await _now(database, world.aigul, first))
    assert [one.number for one in ties.split_off] == [second.number]
    awaited = await database.read(reminding.awaited, world.aigul.person_id, [second.id], TODAY)
    assert [one.id for one in awaited] == [second.id]
    with pytest.raises(AlreadyChanged):
        await database.write(splitting.split, world.dana, first.id, first.version, "X", NOW, ZONE)


@pytest.mark.parametrize(
    ("text", "reason"), [("", "no_text"), ("…", "no_text"), ("а" * 4097, "too_long")]
)
async def test_a_matter_needs_words(
    database: Database, world: World, text: str, reason: str
) -> None:
    first = await _registered(database, world.aigul, LAMP)
    with pytest.raises(NotPossible, match=reason):
        await database.write(splitting.split, world.aigul, first.id, 1, text, NOW, ZONE)
    count = await database.read(lambda tx: len(tx.execute(select(voter_requests.c.id)).all()))
    assert count == 1
    for stranger in (world.nurlan, world.marat):
        with pytest.raises(NotFound):
            await database.write(splitting.split, stranger, first.id, 1, LAMP, NOW, ZONE)
    assert "шам" not in str(await database.read(lambda tx: tx.execute(select(audit)).all()))
