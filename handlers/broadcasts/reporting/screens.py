"""Screens after the sending: the report, phones, the questions before asking or sending again."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.reporting.callbacks import Again, AskPhone, Book, Nudge, Phones, Report
from handlers.ui import nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.broadcasts.reporting import Row
from storage.deliveries import Progress
from storage.rules import phones as phone_rules

NAME = 30  # characters on a button


def before_nudge(t: Translator, number: int, many: int) -> Screen:
    """How many would be asked once more."""
    send = Button(t.plain("🔔 Remind them: {n}", n=many), Nudge(id=number, people=many))
    return Screen(
        lines(
            t("🔔 <b>Those who have not confirmed</b>"),
            t("They are asked once more: {n}", n=many)
            if many
            else t("Nobody to remind: all have confirmed, were asked today, or cannot be reached."),
            t("<i>Each gets it at most once a day. Whoever has confirmed gets nothing.</i>")
            if many
            else None,
        ),
        rows=(*(((send,),) if many else ()), nav.exits(t, OpenBroadcast(id=number))),
    )


def before_again(t: Translator, seen: Progress) -> Screen:
    """What sending again means."""
    number, many = seen.broadcast.id, seen.unsure
    send = Button(t.plain("🔁 Send again: {n}", n=many), Again(id=number, people=many))
    return Screen(
        lines(
            t("🔁 <b>Send again to the uncertain ones</b>"),
            t("Nobody knows whether they have it: {n}", n=many),
            t("⚠️ Whoever has it already gets a second copy."),
        ),
        rows=((send,), nav.exits(t, OpenBroadcast(id=number))),
    )


def report(t: Translator, seen: Progress) -> Screen:
    """The ways to have the report."""
    number = seen.broadcast.id
    with_phones = (
        [
            Button(t.plain("🔒 Excel with phones"), Book(id=number, phones=True)),
            Button(t.plain("☎️ Whom to call: {n}", n=seen.failed), Phones(id=number)),
        ]
        if seen.failed
        else []
    )
    return Screen(
        lines(
            t("📊 <b>Report on the broadcast</b>"),
            t("Each recipient by name: delivered or why not, confirmed when, what was answered."),
            t("🔒 Phones of those the bot cannot reach: opening them is recorded.")
            if seen.failed
            else None,
        ),
        rows=(
            *column([Button(t.plain("📤 Excel"), Book(id=number)), *with_phones]),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def phones(t: Translator, number: int, found: Sequence[Row], page: int, total: int) -> Screen:
    """One page of whom to call, with why the bot cannot reach them."""
    shown = [
        Markup("• {} — {}\n  {}").format(
            one.name,
            words.reason(t, one.reason),
            phone_rules.shown(one.phone) if one.phone else t.plain("no phone is known"),
        )
        for one in found
    ]
    enter = [
        Button(
            t.plain("✏️ Enter the phone: {name}", name=shortened(one.name, NAME)),
            AskPhone(id=number, person_id=one.person_id),
        )
        for one in found
        if one.phone is None
    ]
    return Screen(
        lines(
            t("☎️ <b>Whom to call</b>: {n}", n=total),
            *(shown or [t("Nobody any more.")]),
        ),
        rows=(
            *paging.rows(t, enter, page, total, lambda at: Phones(id=number, page=at)),
            nav.exits(t, Report(id=number)),
        ),
    )
