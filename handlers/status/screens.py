"""The numbers, and the lists behind those that should read zero."""

from datetime import datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.status import callbacks, words
from handlers.ticking.notices import duration
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import settlement
from storage.health import Health
from storage.quarantine import SetAside
from storage.undelivered import Undelivered

BUTTON = 30  # characters
LINES = 9  # of a list of messages


def status(turn: Turn, health: Health, *, toast: str | None = None) -> Screen:
    """The card: what waits, and each counter with its sign."""
    t = turn.t
    return Screen(
        lines(
            t("<b>How Buro is doing</b> · {moment}", moment=_moment(turn, turn.now)),
            _incoming(turn, health),
            _outgoing(turn, health),
            _ticked(turn, health),
            t("⚠️ After a restore, old messages wait for your word.")
            if health.restored_at
            else None,
            t("These should read zero:"),
            *(
                Markup("{} {}").format("⚠️" if n else "✅", t(words.COUNTERS[name], n=n))
                for name, n in health.should_be_zero.items()
            ),
        ),
        rows=(*_doors(t, health), nav.exits(t)),
        toast=toast,
    )


def set_aside(
    turn: Turn, found: list[SetAside], page: int, total: int, *, toast: str | None = None
) -> Screen:
    """The updates that could not be handled, newest first."""
    t = turn.t
    buttons = [
        Button(
            shortened(f"{one.update_id} · {_short(one.received_at, turn.zone)}", BUTTON),
            callbacks.OpenUpdate(update_id=one.update_id),
        )
        for one in found
    ]
    return Screen(
        lines(
            t("<b>Messages that could not be handled</b>: {n}", n=total),
            t("Each failed three times, or waited when the database was restored.")
            if total
            else t("✅ There are none now."),
        ),
        rows=(
            *paging.rows(t, buttons, page, total, lambda at: callbacks.SetAsideList(page=at)),
            nav.exits(t, callbacks.Status()),
        ),
        toast=toast,
    )


def one_set_aside(turn: Turn, one: SetAside) -> Screen:
    """One of them, without what was written: that is its author's."""
    t = turn.t
    return Screen(
        lines(
            t("<b>A message that could not be handled</b>"),
            t("Update {update_id}, fault {error}", update_id=one.update_id, error=one.error),
            t("It came: {moment}", moment=_moment(turn, one.received_at)),
            t("The fault is in the log. When it is mended, the message can be handled again."),
        ),
        rows=(
            (
                Button(t.plain("Handle again"), callbacks.RetryUpdate(update_id=one.update_id)),
                Button(t.plain("Give it up"), callbacks.DropUpdate(update_id=one.update_id)),
            ),
            nav.exits(t, callbacks.SetAsideList()),
        ),
    )


def undelivered(turn: Turn, found: list[Undelivered], *, toast: str | None = None) -> Screen:
    """The messages that did not arrive, by kind; what may come twice can be sent again."""
    t = turn.t
    again = {
        one.kind: Button(
            shortened(t.plain("Send again: {kind}", kind=words.kind(t, one.kind)), BUTTON),
            callbacks.SendAgain(kind=one.kind),
        )
        for one in found
        if one.state == "uncertain" and settlement.repeatable(one.kind)
    }
    return Screen(
        lines(
            t("<b>Messages that did not arrive</b>"),
            None if found else t("✅ There are none now."),
            *(_ended(t, one) for one in found[:LINES]),
            t("And other kinds: {n}", n=len(found) - LINES) if len(found) > LINES else None,
        ),
        rows=(*((button,) for button in again.values()), nav.exits(t, callbacks.Status())),
        toast=toast,
    )


def unreachable(turn: Turn, names: list[str], page: int, total: int) -> Screen:
    """Those whom nothing reaches: their names only."""
    t = turn.t
    return Screen(
        lines(
            t("<b>People whom nothing reaches</b>: {n}", n=total),
            t("They blocked the bot or never pressed Start: tell them another way.")
            if total
            else t("✅ There are none now."),
            *(Markup("• {}").format(name) for name in names),
        ),
        rows=(
            *paging.rows(t, [], page, total, lambda at: callbacks.UnreachableList(page=at)),
            nav.exits(t, callbacks.Status()),
        ),
    )


def _incoming(turn: Turn, health: Health) -> Markup:
    t = turn.t
    if health.inbox_oldest is None:
        return t("Incoming: none waits")
    age = duration(t, turn.now - health.inbox_oldest)
    return t("Incoming: {n} wait, the oldest for {age}", n=health.inbox_waiting, age=age)


def _outgoing(turn: Turn, health: Health) -> Markup:
    t = turn.t
    if health.outbox_oldest is None:
        return t("Outgoing: {n} wait for their time", n=health.outbox_waiting)
    age = duration(t, turn.now - health.outbox_oldest)
    n, due = health.outbox_waiting, health.outbox_due
    return t("Outgoing: {n} wait, {due} are due, the oldest for {age}", n=n, due=due, age=age)


def _ticked(turn: Turn, health: Health) -> Markup:
    if health.last_tick is None:
        return turn.t("What is due was not looked for yet.")
    last = health.last_tick.astimezone(turn.zone)
    return turn.t("What is due was looked for last: {time}", time=f"{last:%H:%M}")


def _doors(t: Translator, health: Health) -> tuple[Row, ...]:
    arrived_not = health.uncertain + health.failed_in_all
    doors = (
        (health.restored_at, t.plain("Decide on old messages"), callbacks.Restored()),
        (
            health.quarantined,
            t.plain("Not handled: {n}", n=health.quarantined),
            callbacks.SetAsideList(),
        ),
        (arrived_not, t.plain("Not arrived: {n}", n=arrived_not), callbacks.UndeliveredList()),
        (
            health.unreachable,
            t.plain("Not reached: {n}", n=health.unreachable),
            callbacks.UnreachableList(),
        ),
    )
    shown = [(Button(label, goes),) for wanted, label, goes in doors if wanted]
    return (*shown, (Button(t.plain("🔄 Count anew"), callbacks.Status()),))


def _ended(t: Translator, one: Undelivered) -> Markup:
    kind = words.kind(t, one.kind)
    if one.state == "uncertain":
        return t("• {kind}: {n}, perhaps received", kind=kind, n=one.number)
    why = words.reason(t, one.reason)
    return t("• {kind}: {n}, {reason}", kind=kind, n=one.number, reason=why)


def _moment(turn: Turn, moment: datetime) -> str:
    return dates.moment(turn.t, moment.astimezone(turn.zone), turn.today)


def _short(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m %H:%M}"
