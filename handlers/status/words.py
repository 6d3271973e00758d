"""The words of this capability: kinds of messages, why one did not arrive, the counters."""

from handlers.broadcasts import words as broadcast_words
from handlers.ui.i18n import N_, Translator

KINDS = {
    "access_asked": N_("request for access"),
    "access_decided": N_("answer on access"),
    "commands": N_("menu of commands"),
    "meeting_announced": N_("of a meeting"),
    "request_receipt": N_("receipt"),
    "request_changed": N_("of a request"),
    "roadmap_deadline": N_("of a deadline"),
    "roadmap_handed": N_("item handed over"),
    "roadmap_reminder": N_("reminder"),
    "reminder_digest": N_("reminders together"),
    "broadcast_copy": N_("broadcast"),
    "broadcast_result": N_("result of a broadcast"),
    "calendar_nag": N_("days off to confirm"),
    "update_quarantined": N_("of a fault"),
    "down_since": N_("of a standstill"),
    "restored": N_("of a restore"),
    "text_broken": N_("of a text"),
    "delivery_delayed": N_("of a delay"),
}
REASONS = {
    "not_rendered": N_("could not be composed"),
    "refused": N_("refused by Telegram"),
    "dropped_after_restore": N_("dropped after the restore"),
}
# Counter of storage.health → its line.
COUNTERS = {
    "quarantined": N_("Messages that could not be handled: {n}"),
    "uncertain": N_("Sent, but perhaps not received: {n}"),
    "failed": N_("Not sent by our own fault in 7 days: {n}"),
    "unreachable": N_("People whom nothing reaches: {n}"),
    "without_summary": N_("Meetings over without a summary: {n}"),
    "unanswered": N_("Overdue and nobody answers for it: {n}"),
}


def kind(t: Translator, code: str) -> str:
    """What messages of a kind are called; a kind of another version by its code."""
    return t.plain(KINDS[code]) if code in KINDS else code


def reason(t: Translator, code: str | None) -> str:
    """Why a message did not arrive."""
    if code in REASONS:
        return t.plain(REASONS[code])
    return broadcast_words.reason(t, code)
