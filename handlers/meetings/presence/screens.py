"""The roll: eight names a page, each a button that turns over."""

from handlers.meetings.ballots import words
from handlers.meetings.invitees.callbacks import Capacity
from handlers.meetings.invitees.screens import CAPACITIES
from handlers.meetings.manage import Manage
from handlers.meetings.presence.callbacks import Mark, MarkComing, RollCall
from handlers.meetings.texts import title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.meetings import Meeting
from storage.meetings.invitees import Invitee, InviteePage
from storage.meetings.quorums import Quorum
from storage.rules.meeting_states import CALLED

LABEL = 50  # characters


def roll(
    turn: Turn,
    meeting: Meeting,
    page: InviteePage,
    found: Quorum,
    coming: int,
    *,
    toast: str | None = None,
) -> Screen:
    """A page of the roll with the quorum as it stands."""
    t = turn.t
    goes_on = meeting.state in CALLED
    everybody = Button(
        t.plain("All who said they come: {n}", n=coming), MarkComing(id=meeting.id, page=page.page)
    )
    return Screen(
        lines(
            title(turn, meeting),
            t("<b>Roll call</b>"),
            _item(t, meeting),
            words.quorum(t, found),
            t("<i>Tap a name: ✅ is in the room, — is not.</i>") if page.total else None,
            None if page.total else t("The list is empty. Add the people who are called."),
        ),
        rows=(
            *(((everybody,),) if coming and goes_on else ()),
            *paging.rows(
                t,
                [_name(t, one, page.page) for one in page.people],
                page.page,
                page.total,
                lambda n: RollCall(id=meeting.id, page=n),
            ),
            nav.exits(t, Manage(id=meeting.id)),
        ),
        toast=toast,
    )


def _item(t: Translator, meeting: Meeting) -> str | None:
    for item in meeting.items:
        if item.id == meeting.item_id:
            return t("Under discussion: item {number}", number=item.number)
    return None


def _name(t: Translator, one: Invitee, page: int) -> Button:
    sign = "✅" if one.here else "—"
    name = one.name
    if one.stand_in:
        name = t.plain("{name} (stand-in: {other})", name=name, other=one.stand_in)
    if one.capacity != Capacity.MEMBER:
        name = f"{name} · {t.plain(CAPACITIES[Capacity(one.capacity)])}"
    return Button(
        shortened(f"{sign} {name}", LABEL), Mark(id=one.id, there=not one.here, page=page)
    )
