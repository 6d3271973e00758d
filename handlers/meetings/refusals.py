"""Why a step at a meeting is not possible, in words, over the screen as it stands now."""

from dataclasses import replace

from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Screen
from storage.errors import NotPossible

WORDS = {
    "ballot_closed": N_("The vote is closed: votes are not taken any more."),
    "ballot_open": N_("Another vote is open: close it first."),
    "no_quorum": N_("There is no quorum: no vote can be opened."),
    "not_present": N_("You are not marked as present: tell the secretary."),
    "not_entitled": N_("Only members of the body vote."),
    "voted_already": N_("This member has voted already."),
    "not_going_on": N_("This is possible only while the meeting goes on."),
    "too_early": N_("The roll is called from two hours before the start."),
    "was_there": N_("This person is marked as present: it cannot be changed any more."),
    "list_closed": N_("The meeting is over: its list does not change any more."),
    "list_full": N_("The list is full."),
    "on_the_list": N_("This person is on the list already."),
    "member_already": N_("This person is a member already."),
    "meeting_cancelled": N_("The meeting is cancelled: there is nothing to answer."),
    "meeting_over": N_("The meeting is over: there is nothing to answer any more."),
    "meeting_begun": N_("The meeting has begun: answers are not taken any more."),
    "no_deputies": N_("At this meeting nobody sends a stand-in."),
    "others_silent": N_("The number of people has changed. Look at it once more."),
}
OTHERWISE = N_("It was changed meanwhile. Here is how it stands now.")


def refused(t: Translator, no: NotPossible, screen: Screen) -> Screen:
    """``screen`` with the reason in a window over it."""
    return replace(screen, toast=t.plain(WORDS.get(no.reason, OTHERWISE)), alert=True)
