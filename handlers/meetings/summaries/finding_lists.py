"""All that was found in a text, and all of a kind: how much of it is decided, and what next."""

from markupsafe import Markup

from handlers.meetings.summaries import callbacks, words
from handlers.meetings.summaries.callbacks import Kind, OpenFinding
from handlers.meetings.texts import title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage import meetings
from storage.meetings import Meeting, findings, homes
from storage.meetings.findings import Finding, Found

SHORT = 100  # of a finding in a list
SIGNS = {"found": "⏳", "accepted": "✅", "mended": "✅", "dropped": "✖️"}


async def whole(turn: Turn, meeting_id: int, word: Markup | None = None) -> Screen:
    """Everything that was found, as it stands now. Raises NotFound, NotAllowed."""
    found = await turn.read(findings.listed, turn.actor, meeting_id)
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    return overview(turn, meeting, found, word=word)


def overview(turn: Turn, meeting: Meeting, found: Found, *, word: Markup | None = None) -> Screen:
    """How much was found of each kind, and how much of it is decided."""
    t, left = turn.t, len(found.left)
    lost = homes.homeless(found, meeting)
    return Screen(
        lines(
            t("📄 <b>Found in the text: {n}</b>", n=len(found.findings)),
            title(turn, meeting),
            word,
            t("Not decided yet: {n}", n=left) if left else t("All of it is decided."),
            t("⚠️ Accepted, but on no item: {n}", n=len(lost)) if lost else None,
        ),
        rows=(
            *_next(t, meeting, found),
            *column(_kinds(t, found)),
            *_ending(t, meeting, found, lost),
            nav.exits(t, callbacks.Desk(id=meeting.id)),
        ),
    )


def unfinished(turn: Turn, found: Found) -> Screen:
    """A text was read before: go on with it, or read another."""
    t, meeting_id = turn.t, found.meeting_id
    n, left = len(found.findings), len(found.left)
    return Screen(
        lines(
            t("📄 A text of this meeting was read already."),
            t("Found: {n}, not decided: {left}. Another text forgets all of it.", n=n, left=left),
        ),
        rows=(
            (Button(t.plain("Go on with it"), callbacks.Findings(id=meeting_id)),),
            (Button(t.plain("Read another text"), callbacks.SendText(id=meeting_id, anew=True)),),
            nav.exits(t, callbacks.Desk(id=meeting_id)),
        ),
    )


def of_kind(turn: Turn, meeting: Meeting, found: Found, kind: Kind, page: int = 0) -> Screen:
    """All findings of a kind; one tap accepts them where all of them have been seen."""
    t, those = turn.t, found.of(kind)
    left = sum(one.state == findings.FOUND for one in those)
    page = paging.clamp(page, len(those))
    shown = those[page * paging.PAGE : (page + 1) * paging.PAGE]
    numbers = tuple(Button(str(found.number(one.id)), OpenFinding(id=one.id)) for one in shown)
    accept = Button(
        t.plain("✅ Accept all: {n}", n=left),
        callbacks.AcceptKind(id=meeting.id, kind=kind, seen=found.seen, n=left),
    )
    seen = page == paging.pages(len(those)) - 1
    return Screen(
        lines(
            Markup("<b>{}: {}</b>").format(t(words.KINDS[kind]), len(those)),
            *(_line(t, found, one) for one in shown),
            t("<i>Tap a number to see its sentence.</i>") if those else None,
            None if seen or not left else t("<i>On the last page all are accepted at once.</i>"),
        ),
        rows=(
            numbers[:4],
            numbers[4:],
            *paging.rows(
                t,
                (),
                page,
                len(those),
                lambda n: callbacks.OfKind(id=meeting.id, kind=kind, page=n),
            ),
            *(((accept,),) if left and seen else ()),
            nav.exits(t, callbacks.Findings(id=meeting.id)),
        ),
    )


def dropping(turn: Turn, found: Found) -> Screen:
    """What would be dropped."""
    t, n = turn.t, len(found.left)
    goes = callbacks.DropRest(id=found.meeting_id, seen=found.seen, n=n, sure=True)
    return Screen(
        lines(
            t("✖️ <b>Drop everything that is not decided: {n}?</b>", n=n),
            *(_line(t, found, one) for one in found.left[: paging.PAGE]),
            t("… and {n} more", n=n - paging.PAGE) if n > paging.PAGE else None,
        ),
        rows=(
            (Button(t.plain("Drop them: {n}", n=n), goes),),
            nav.exits(t, callbacks.Findings(id=found.meeting_id)),
        ),
    )


def _next(t: Translator, meeting: Meeting, found: Found) -> tuple[Row, ...]:
    if not found.left:
        return ()
    label = t.plain("▶️ One by one: {n}", n=len(found.left))
    return ((Button(label, callbacks.GoOn(id=meeting.id)),),)


def _kinds(t: Translator, found: Found) -> list[Button]:
    buttons: list[Button] = []
    for kind in Kind:
        those = found.of(kind)
        left = sum(one.state == findings.FOUND for one in those)
        sign = "⏳" if left else "✅"
        label = f"{sign} {t.plain(words.KINDS[kind])}: {len(those) - left}/{len(those)}"
        goes = callbacks.OfKind(id=found.meeting_id, kind=kind)
        buttons += [Button(label, goes)] if those else []
    return buttons


def _ending(
    t: Translator, meeting: Meeting, found: Found, lost: tuple[Finding, ...]
) -> tuple[Row, ...]:
    left = len(found.left)
    if left:
        goes = callbacks.DropRest(id=meeting.id, seen=found.seen, n=left)
        return ((Button(t.plain("✖️ Drop what is left: {n}", n=left), goes),),)
    if lost:
        return ((Button(t.plain("Choose the item"), OpenFinding(id=lost[0].id)),),)
    if not found.findings:
        return ()
    label = t.plain("✅ Put into the meeting: {n}", n=len(found.taken))
    return ((Button(label, callbacks.TakeOver(id=meeting.id)),),)


def _line(t: Translator, found: Found, one: Finding) -> Markup:
    text = shortened(words.in_line(t, one), SHORT)
    return Markup("{} {}. {}").format(SIGNS[one.state], found.number(one.id), text)
