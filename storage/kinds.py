"""Every kind of message the outbox may hold, declared in one table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How messages of one kind are treated.

    ``repeatable``: may be sent again when nobody knows whether it arrived. ``own_accord``: the bot
    speaks by itself, so it waits for a working day and for daylight; an answer, a receipt or a
    notice of what somebody has just done does not wait. ``statutory``: the law sets its time, so
    it does not wait either. ``personal``: its parameters may say who somebody is: they are sealed.
    """

    name: str
    repeatable: bool = True
    own_accord: bool = False
    statutory: bool = False
    personal: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is held back in quiet hours and on days off."""
        return self.own_accord and not self.statutory


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        # Answers and receipts of what a person did, and notices of it to others.
        Kind("access_asked"),
        Kind("access_decided"),
        Kind("commands"),
        Kind("meeting_announced"),
        Kind("meeting_moved"),
        Kind("meeting_cancelled"),
        Kind("meeting_changed"),
        Kind("proposal_sent"),
        Kind("instruction_given"),
        Kind("meeting_nudge"),
        Kind("meeting_ballot"),
        Kind("summary_published"),
        Kind("topic_proposed"),
        Kind("topic_decided"),
        Kind("request_receipt"),
        Kind("request_changed"),
        Kind("request_watched"),
        Kind("request_reported"),
        Kind("request_report_returned"),
        Kind("request_closed_by_voter"),
        Kind("request_clock"),
        Kind("request_extension_asked"),
        Kind("request_handed"),
        Kind("request_taken"),
        Kind("request_given_back"),
        Kind("requests_brought"),
        Kind("request_moved_on"),
        Kind("requests_arranged"),
        Kind("request_merged"),
        Kind("request_parted"),
        Kind("followed_request"),
        Kind("request_not_solved"),
        Kind("inquiry_sign_asked"),
        Kind("inquiry_signed"),
        Kind("inquiry_changed"),
        Kind("body_proposed"),
        Kind("roadmap_deadline"),
        Kind("roadmap_handed"),
        Kind("control_news"),
        Kind("control_to_check"),
        Kind("control_asked"),
        Kind("broadcast_result"),
        Kind("broadcast_nudge"),
        Kind("broadcast_recall"),  # to delete what is gone already does no harm
        Kind("broadcast_edit"),  # nor does the same edit a second time
        Kind("broadcast_edited"),
        Kind("broadcast_pin"),  # nor does pinning what is pinned
        Kind("group_proposed"),
        Kind("group_needs_secretary"),
        Kind("group_lost"),
        Kind("broadcast_edit_approval"),
        Kind("broadcast_edit_approved"),
        Kind("broadcast_edit_returned"),
        Kind("broadcast_board"),
        Kind("broadcast_reply"),
        Kind("broadcast_reply_lost"),
        Kind("broadcast_paused"),
        Kind("broadcast_not_sent"),
        Kind("broadcast_approval"),
        Kind("broadcast_approved"),
        Kind("broadcast_returned"),
        Kind("restored"),
        Kind("delivery_delayed"),
        # A second reminder does no harm; a second copy of a broadcast does.
        Kind("broadcast_copy", repeatable=False),
        Kind("broadcast_digest", repeatable=False),
        # The bot speaks by itself.
        Kind("roadmap_reminder", own_accord=True),
        Kind("indicator_reminder", own_accord=True),
        Kind("visit_reminder", own_accord=True),
        Kind("inquiry_reminder", own_accord=True),
        Kind("request_reminder", own_accord=True),
        Kind("request_overdue", own_accord=True),
        Kind("request_body_late", own_accord=True),
        Kind("control_overdue", own_accord=True),
        Kind("control_week", own_accord=True),
        Kind("control_morning", own_accord=True),
        Kind("reminder_digest", own_accord=True),
        Kind("meeting_reminder", own_accord=True),
        Kind("meeting_papers", own_accord=True),
        # Some hours before a meeting: rules/meeting_ladder.py chose a civil hour, be it a day off.
        Kind("meeting_soon"),
        Kind("papers_missing", own_accord=True),
        Kind("data_task_due", own_accord=True, statutory=True),
        Kind("calendar_nag", own_accord=True),
        Kind("really_solved_asked", own_accord=True),
        Kind("update_quarantined", own_accord=True),
        Kind("down_since", own_accord=True),
        Kind("text_broken", own_accord=True),
    )
}


def waits(name: str) -> bool:
    """Whether a message of a kind, declared or of an older program, is held back by the gate."""
    declared = KINDS.get(name)
    return declared is not None and declared.waits


def of(name: str) -> Kind:
    """The declared kind. Raises KeyError: a message that nobody declared must not be queued."""
    return KINDS[name]
