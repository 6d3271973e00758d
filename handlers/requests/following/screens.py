"""How the voter's side looks: state, dates, public comments; never what was said or by whom."""

from datetime import date
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.requests import callbacks as request_callbacks
from handlers.requests import words
from handlers.requests.following import callbacks
from handlers.ui import dates, nav, sharing, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.requests import VoterRequest, codes
from storage.requests.following import Followed
from storage.requests.rating import MARKS

PAYLOAD = "v_"
SAID = {
    True: N_("Your answer: it is solved"),
    False: N_("⚠️ Your answer: it is not solved; the deputy and the secretary know"),
}
EXAMPLE = "abcd-efgh-2345-6723"
COMMENT = 200  # characters of a public comment


def link(bot_username: str, code: str) -> str:
    """The link that opens the voter's side of a request."""
    return f"https://t.me/{bot_username}?{urlencode({'start': PAYLOAD + code})}"


def share_row(t: Translator, number: str, address: str) -> Row:
    """To send the link on, or to copy it."""
    text = t.plain("Your request № {number}: how it stands", number=number)
    return (
        Button(t.plain("Send to the voter"), url=sharing.sent_on(address, text)),
        Button(t.plain("Copy the link"), copies=address),
    )


def for_deputy(t: Translator, request: VoterRequest, code: str, address: str) -> Screen:
    """The link and the code, to be given to the voter."""
    return Screen(
        lines(
            t("🔗 <b>№ {number}</b>: link for the voter", number=request.number),
            Markup("{}").format(address),
            t("Code: {code}", code=codes.spaced(code)),
            t("It shows the state, the dates and public comments; no text and no names."),
        ),
        rows=(
            share_row(t, request.number, address),
            (Button(t.plain("Another link"), callbacks.AskNewLink(id=request.id)),),
            nav.exits(t, request_callbacks.OpenRequest(id=request.id)),
        ),
    )


def ask_new(t: Translator, request: VoterRequest, code: str) -> Screen:
    """Before the link is replaced: what will happen."""
    return Screen(
        lines(
            t("🔗 <b>№ {number}</b>: make another link?", number=request.number),
            t("The one before will open nothing, and whoever follows by it is told no more."),
        ),
        rows=(
            (Button(t.plain("Make another link"), callbacks.NewLink(id=request.id, before=code)),),
            nav.exits(t, callbacks.VoterLink(id=request.id)),
        ),
    )


def nothing(t: Translator) -> Screen:
    """The same for a wrong code, a foreign one and one that was replaced."""
    return Screen(
        lines(
            t("There is nothing behind this code."),
            t("Please check the link, or ask the deputy for it again."),
        ),
        rows=((Button(t.plain("Type the code again"), callbacks.AskCode()), nav.home(t)),),
    )


def ask_code(t: Translator) -> Screen:
    """What is typed, and where it comes from."""
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("🔎 Write the code of your request, or paste its link."),
            t("The deputy who wrote your request down gives them to you."),
        ),
        hint=t("For example: {code}", code=EXAMPLE),
    )


def page(
    t: Translator, found: Followed, today: date, zone: ZoneInfo, *, word: Markup | None = None
) -> Screen:
    """How the request stands; ``word`` comes first."""
    registered = dates.short_day(t, found.registered_at.astimezone(zone).date(), today)
    return Screen(
        lines(
            word,
            words.heading(t, found.number, found.state),
            t.pick(found.branch_kk, found.branch_ru),
            t("Category: {category}", category=t.pick(found.category_kk, found.category_ru)),
            t("Registered on: {date}", date=registered),
            _term(t, found, today, zone),
            *(
                Markup("💬 {}: {}").format(
                    dates.short_day(t, at.astimezone(zone).date(), today),
                    shortened(text, COMMENT),
                )
                for at, text in found.comments
            ),
            t("Your mark: {n} of 5", n=found.rating) if found.rating else None,
            t(SAID[found.really_solved]) if found.really_solved is not None else None,
            t("How do you rate the outcome?") if found.settled and not found.rating else None,
        ),
        rows=_rows(t, found),
    )


def question(t: Translator, found: Followed) -> Screen:
    """Four weeks after the outcome: was it really solved?"""
    return Screen(
        t("📝 № {number}: four weeks have passed. Was it really solved?", number=found.number),
        rows=(_solved_row(t, found),),
    )


def _term(t: Translator, found: Followed, today: date, zone: ZoneInfo) -> Markup:
    if found.outcome_at is not None and found.settled:
        day = dates.short_day(t, found.outcome_at.astimezone(zone).date(), today)
        return t("Outcome on: {date}", date=day)
    return t(
        "Deadline: {date} · {left}",
        date=dates.short_day(t, found.due_on, today),
        left=dates.days_left(t, found.due_on, today),
    )


def _rows(t: Translator, found: Followed) -> tuple[Row, ...]:
    rows: list[Row] = []
    if found.settled:
        rows.append(
            tuple(
                Button(f"{mark} ⭐", callbacks.Rate(code=found.code, mark=mark)) for mark in MARKS
            )
        )
        rows.append(_solved_row(t, found))
    label = t.plain("🔕 Tell me no more") if found.follows else t.plain("🔔 Tell me of changes")
    rows.append((Button(label, callbacks.Follow(code=found.code, on=not found.follows)),))
    rows.append((Button(t.plain("Look again"), callbacks.Look(code=found.code)),))
    return tuple(rows)


def _solved_row(t: Translator, found: Followed) -> Row:
    return (
        Button(t.plain("Yes, it is solved"), callbacks.Solved(code=found.code, yes=True)),
        Button(t.plain("No, it is not"), callbacks.Solved(code=found.code, yes=False)),
    )
