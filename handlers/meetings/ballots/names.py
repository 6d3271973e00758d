"""Who voted how, and the hands that the secretary writes down."""

from markupsafe import Markup

from handlers.meetings.ballots import words
from handlers.meetings.ballots.callbacks import CastFor, Choice, Hand, Names, OpenBallot
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.meetings.ballots import Ballot, Voter

NAME = 40  # characters


def listed(t: Translator, ballot: Ballot, voters: list[Voter], page: int, *, keeps: bool) -> Screen:
    """Who voted how; with ``keeps`` a raised hand can be written down while it is open."""
    page = paging.clamp(page, len(voters))
    shown = voters[page * paging.PAGE : (page + 1) * paging.PAGE]
    silent = [one for one in shown if one.choice is None] if keeps else []
    hands = column(
        Button(
            t.plain("✋ {name}", name=shortened(one.name, NAME)),
            Hand(id=ballot.id, invitee=one.invitee_id, page=page),
        )
        for one in silent
        if ballot.closed_at is None
    )
    return Screen(
        lines(
            words.heading(t, ballot),
            *(_voted(t, one) for one in shown),
            None if voters else t("Nobody has voted."),
            t("<i>No telephone at hand? Tap the name and write the vote down.</i>")
            if hands
            else None,
        ),
        rows=(
            *hands,
            *paging.rows(t, (), page, len(voters), lambda n: Names(id=ballot.id, page=n)),
            nav.exits(t, OpenBallot(id=ballot.id)),
        ),
    )


def hand(t: Translator, ballot: Ballot, voter: Voter, page: int) -> Screen:
    """How one member in the room votes."""
    return Screen(
        lines(
            words.heading(t, ballot),
            words.question(t, ballot),
            t("How does {name} vote?", name=voter.name),
        ),
        rows=(
            *column(
                Button(
                    t.plain(words.CHOICES[choice]),
                    CastFor(id=ballot.id, invitee=voter.invitee_id, choice=choice),
                )
                for choice in Choice
            ),
            nav.exits(t, Names(id=ballot.id, page=page)),
        ),
    )


def _voted(t: Translator, voter: Voter) -> Markup:
    said = t(words.SAID[voter.choice] if voter.choice else words.NO_VOTE)
    name = shortened(voter.name, NAME)
    if voter.stand_in:
        name = t.plain("{name} (stand-in: {other})", name=name, other=voter.stand_in)
    return Markup("• {} — {}").format(name, said)
