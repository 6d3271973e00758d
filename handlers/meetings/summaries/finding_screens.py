"""One thing that was found in a text, beside its sentence: decided on, mended, put on an item."""

from markupsafe import Markup

from handlers.meetings.summaries import callbacks, words
from handlers.meetings.summaries.callbacks import Detail, Kind, OpenFinding
from handlers.meetings.texts import clipped
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import meetings
from storage.meetings import Meeting, findings, homes
from storage.meetings.findings import NEEDED, ON_ITEM, Finding, Found

SENTENCE = 700  # characters
NOW = 30  # of a detail on a button


async def opened(turn: Turn, finding_id: int, word: Markup | None = None) -> Screen:
    """One finding as it stands now. Raises NotFound, NotAllowed."""
    found, one = await turn.read(findings.around, turn.actor, finding_id)
    meeting = await turn.read(meetings.get, turn.actor, one.meeting_id)
    return finding(turn, meeting, found, one, word=word)


def finding(
    turn: Turn, meeting: Meeting, found: Found, one: Finding, *, word: Markup | None = None
) -> Screen:
    """One finding beside the sentence it came from."""
    t, number, total = turn.t, found.number(one.id), len(found.findings)
    return Screen(
        lines(
            word,
            Markup("<b>{}/{}</b> · {}").format(number, total, words.name(t, one)),
            words.content(t, one),
            words.where(t, one, homes.home(found, one, meeting)),
            t(words.STATES[one.state]),
            Markup("<blockquote>{}</blockquote>").format(clipped(one.sentence, SENTENCE)),
        ),
        rows=(
            _deciding(t, one),
            *_mending(t, one),
            *_beside(found, number),
            *_rest(t, found, one),
            nav.exits(t, callbacks.Findings(id=meeting.id)),
        ),
    )


def mending(turn: Turn, one: Finding) -> Screen:
    """What of it is to be mended: each detail with what it says now."""
    t = turn.t
    return Screen(
        lines(t("What is to be mended?"), words.content(t, one)),
        rows=(
            *(_detail(t, one, Detail(name)) for name in one.limits),
            nav.exits(t, OpenFinding(id=one.id)),
        ),
    )


def placing(turn: Turn, meeting: Meeting, found: Found, one: Finding, page: int = 0) -> Screen:
    """On which item it stands."""
    t = turn.t
    places = homes.choices(found, one, meeting)
    page = paging.clamp(page, len(places))
    shown = places[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(
            shortened(words.place(t, home), words.LABEL),
            callbacks.PutOn(id=one.id, version=one.version, on=on),
        )
        for on, home in shown
    ]
    none = t.plain("A new item") if one.kind == Kind.ITEM else t.plain("On no item")
    goes = callbacks.PutOn(id=one.id, version=one.version, on="-")
    return Screen(
        lines(t("On which item does it stand?"), words.content(t, one)),
        rows=(
            *paging.rows(
                t, buttons, page, len(places), lambda n: callbacks.AskItem(id=one.id, page=n)
            ),
            *(() if one.kind in homes.HOUSED else ((Button(none, goes),),)),
            nav.exits(t, OpenFinding(id=one.id)),
        ),
    )


def _deciding(t: Translator, one: Finding) -> Row:
    def goes(*, accept: bool) -> callbacks.Decide:
        return callbacks.Decide(id=one.id, version=one.version, accept=accept)

    return (
        Button(t.plain("✅ Accept"), goes(accept=True)),
        Button(t.plain("✖️ Drop"), goes(accept=False)),
    )


def _mending(t: Translator, one: Finding) -> tuple[Row, ...]:
    row: list[Button] = []
    if one.limits:
        row.append(Button(t.plain("✏️ Mend"), callbacks.Mend(id=one.id)))
    if one.kind in ON_ITEM:
        row.append(Button(t.plain("To an item"), callbacks.AskItem(id=one.id)))
    turns = callbacks.TurnInto(id=one.id, version=one.version)
    others = {
        Kind.PROPOSAL: t.plain("Make it an instruction"),
        Kind.INSTRUCTION: t.plain("Make it a proposal"),
    }
    kind = Kind(one.kind)
    return (tuple(row), *(((Button(others[kind], turns),),) if kind in others else ()))


def _beside(found: Found, number: int) -> tuple[Row, ...]:
    row: list[Button] = []
    if number > 1:
        row.append(Button(f"‹ {number - 1}", OpenFinding(id=found.findings[number - 2].id)))
    if number < len(found.findings):
        row.append(Button(f"{number + 1} ›", OpenFinding(id=found.findings[number].id)))
    return (tuple(row),)


def _rest(t: Translator, found: Found, one: Finding) -> tuple[Row, ...]:
    """The way to all of this kind, where several are left."""
    left = sum(other.state == findings.FOUND for other in found.of(one.kind))
    if left < 2:
        return ()
    label = t.plain("All of this kind: {n}", n=left)
    return ((Button(label, callbacks.OfKind(id=found.meeting_id, kind=Kind(one.kind))),),)


def _detail(t: Translator, one: Finding, detail: Detail) -> Row:
    now = str(one.content.get(detail.value) or "—")
    label = f"{t.plain(words.DETAILS[detail])}: {shortened(now, NOW)}"
    write = Button(label, callbacks.MendDetail(id=one.id, detail=detail))
    if detail in NEEDED or now == "—":
        return (write,)
    goes = callbacks.EraseDetail(id=one.id, version=one.version, detail=detail)
    return write, Button("🗑", goes)
