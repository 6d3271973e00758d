"""The screens of a body."""

from markupsafe import Markup

from handlers.meetings.bodies import callbacks
from handlers.meetings.manage import Manage
from handlers.meetings.texts import title
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.meetings import Meeting
from storage.meetings.bodies import Rule
from storage.meetings.body_keeping import Member, MemberPage
from storage.meetings.quorums import Quorum
from storage.meetings.registered import Registered
from storage.rules.quorum import Share

NAME = 50  # characters

SHARES = (
    Share(1, 2, strict=True),
    Share(1, 2, strict=False),
    Share(2, 3, strict=False),
    Share(3, 4, strict=False),
)


def body(
    turn: Turn, meeting: Meeting, rule: Rule, found: Quorum, *, toast: str | None = None
) -> Screen:
    """The rule of a body, and what it comes to now."""
    t = turn.t
    shares = [
        Button(
            share_of(t, share),
            callbacks.SetShare(
                id=meeting.id,
                version=rule.version,
                numerator=share.numerator,
                denominator=share.denominator,
                strict=share.strict,
            ),
        )
        for share in SHARES
        if share != rule.share
    ]
    deputies = Button(
        t.plain("Forbid stand-ins") if rule.deputies else t.plain("Allow stand-ins"),
        callbacks.SetDeputies(id=meeting.id, version=rule.version, allowed=not rule.deputies),
    )
    return Screen(
        lines(
            title(turn, meeting),
            t("<b>Members and quorum</b>"),
            t("Quorum: {share} of the elected members", share=share_of(t, rule.share)),
            t("Elected members: {n}", n=found.elected),
            t("Needed for a decision: {n}", n=found.needed),
            t("A member may send a stand-in, who is counted")
            if rule.deputies
            else t("Stand-ins are not allowed"),
            t("<i>Observers and the invited are not counted.</i>"),
        ),
        rows=(
            *column(shares),
            (Button(t.plain("Number of elected members"), callbacks.AskElected(id=meeting.id)),),
            (deputies,),
            (Button(t.plain("List of members"), callbacks.Members(id=meeting.id)),),
            nav.exits(t, Manage(id=meeting.id)),
        ),
        toast=toast,
    )


def share_of(t: Translator, share: Share) -> str:
    """«more than 1/2», «at least 2/3»."""
    part = f"{share.numerator}/{share.denominator}"
    if share.strict:
        return t.plain("more than {part}", part=part)
    return t.plain("at least {part}", part=part)


def elected_step(
    turn: Turn, meeting: Meeting, rule: Rule, *, mistake: Markup | None = None
) -> Screen:
    """How many members were elected."""
    t = turn.t
    kept = callbacks.CountKept(id=meeting.id, version=rule.version)
    return Screen(
        lines(
            title(turn, meeting),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t("How many members were elected? Write a number."),
            t("<i>For example: 15</i>"),
        ),
        rows=(
            (Button(t.plain("As many as are on the list"), kept),),
            nav.exits(t, callbacks.Body(id=meeting.id)),
        ),
    )


def members(turn: Turn, meeting: Meeting, page: MemberPage, *, toast: str | None = None) -> Screen:
    """The elected members that are kept."""
    t = turn.t
    buttons = [
        Button(
            shortened(one.name, NAME),
            callbacks.AskRelease(id=meeting.id, member=one.id, page=page.page),
        )
        for one in page.members
    ]
    empty = t("No list is kept: the members are told by their roles. Add the elected members.")
    return Screen(
        lines(
            title(turn, meeting),
            t("Elected members on the list: {n}", n=page.total) if page.total else empty,
            t("<i>Tap a name to end the membership.</i>") if page.total else None,
        ),
        rows=(
            *paging.rows(
                t,
                buttons,
                page.page,
                page.total,
                lambda n: callbacks.Members(id=meeting.id, page=n),
            ),
            (Button(t.plain("Add a member"), callbacks.AskElect(id=meeting.id)),),
            nav.exits(t, callbacks.Body(id=meeting.id)),
        ),
        toast=toast,
    )


def before_release(turn: Turn, meeting: Meeting, member: Member, page: int) -> Screen:
    """Who would be a member no more."""
    t = turn.t
    yes = callbacks.Release(id=meeting.id, member=member.id)
    return Screen(
        lines(
            title(turn, meeting),
            t("End the membership in this body: {name}?", name=member.name),
        ),
        rows=(
            (Button(t.plain("Yes, end it"), yes),),
            nav.exits(t, callbacks.Members(id=meeting.id, page=page)),
        ),
    )


def name_step(
    turn: Turn,
    meeting: Meeting,
    *,
    found: list[Registered] | None = None,
    mistake: Markup | None = None,
) -> Screen:
    """Who becomes a member: by a few letters of the name."""
    t = turn.t
    people = column(
        Button(shortened(one.name, NAME), callbacks.Elect(id=meeting.id, person=one.id))
        for one in found or ()
    )
    none = t("Nobody is registered under this name. Write it otherwise.")
    return Screen(
        lines(
            title(turn, meeting),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            None if found is None else (t("Who is it?") if found else none),
            t("Write the surname of the new member.") if not found else None,
        ),
        rows=(*people, nav.exits(t, callbacks.Members(id=meeting.id))),
    )
