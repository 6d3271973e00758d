"""The list of objects, one of them, its history, its visits."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.indicators.callbacks import Indicators
from handlers.meetings.venue import MAP
from handlers.objects import words
from handlers.objects.callbacks import (
    FollowUp,
    KeepObject,
    ObjectHistory,
    ObjectPhotos,
    Objects,
    OpenObject,
    OpenVisit,
    StartVisit,
    TakeObject,
    VisitPhotos,
    Visits,
)
from handlers.turn import Turn
from handlers.ui import amounts, dates, nav, paging
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.objects import ControlledObject, Entry, Photo, Visit, manages
from storage.rules.access import Action, may

TEXT = 600  # characters of findings in a card
SHORT = 200
LINE = 80


def listing(turn: Turn, found: Sequence[ControlledObject], page: int) -> Screen:
    """A page of what one sees; overdue ones come first."""
    t, page = turn.t, paging.clamp(page, len(found))
    shown = found[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [Button(words.label(t, one, turn.today), OpenObject(id=one.id)) for one in shown]
    take: Row = (Button(t.plain("➕ Take under control"), TakeObject()),)
    return Screen(
        lines(
            t("🏗 <b>Objects under party control: {n}</b>", n=len(found)),
            None if found else t("No object is under control here yet."),
        ),
        rows=(
            *paging.rows(t, buttons, page, len(found), lambda to: Objects(page=to)),
            *((take,) if may(turn.actor, Action.MANAGE_ROADMAP) else ()),
            nav.exits(t, Indicators()),
        ),
    )


def card(turn: Turn, one: ControlledObject, said: Markup | None = None) -> Screen:
    """One object, and what can be done; ``said`` is what has just happened."""
    t = turn.t
    return Screen(
        lines(
            said,
            Markup("🏗 <b>{}</b>").format(words.name(t, one)),
            t("State now: {state}", state=words.state(t, one, turn.today)),
            words.dated(t, one, turn.today),
            t("Ready: <b>{n} %</b>", n=one.percent) if one.percent is not None else None,
            Markup("{} · {}").format(t.pick(one.branch_kk, one.branch_ru), one.place or "–"),
            t("Contractor: {name}", name=one.contractor) if one.contractor else None,
            t("Cost: {sum} tenge", sum=amounts.shown(one.cost)) if one.cost is not None else None,
            t("Curator: {name}", name=one.curator) if one.curator else None,
            _origin(turn, one),
            t("Last visit: {date}", date=dates.short_day(t, one.visited_on, turn.today))
            if one.visited_on
            else t("Nobody has visited it yet."),
            t("⚠️ Open recommendations: {n}", n=one.open_recommendations)
            if one.open_recommendations
            else None,
        ),
        rows=(*_ways(turn, one), nav.exits(t, Objects())),
    )


def history(turn: Turn, one: ControlledObject, entries: Sequence[Entry]) -> Screen:
    """What happened to it, newest first."""
    t = turn.t
    return Screen(
        lines(
            t("<b>History: {name}</b>", name=words.name(t, one, LINE)),
            *(_entry(turn, entry) for entry in entries),
        ),
        rows=(nav.exits(t, OpenObject(id=one.id)),),
    )


def visits(turn: Turn, one: ControlledObject, found: Sequence[Visit], page: int) -> Screen:
    """A page of the visits, newest first."""
    t, page = turn.t, paging.clamp(page, len(found))
    buttons = [
        Button(
            f"{'⚠️' if visit.is_open else '👣'} "
            f"{dates.short_day(t, visit.visited_on, turn.today)} · "
            f"{shortened(visit.findings, words.LABEL)}",
            OpenVisit(id=visit.id),
        )
        for visit in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    return Screen(
        lines(
            Markup("🏗 <b>{}</b>").format(words.name(t, one)),
            t("Visits: {n}", n=len(found)) if found else t("Nobody has visited it yet."),
        ),
        rows=(
            *paging.rows(t, buttons, page, len(found), lambda to: Visits(id=one.id, page=to)),
            nav.exits(t, OpenObject(id=one.id)),
        ),
    )


def visit(turn: Turn, one: ControlledObject, found: Visit, said: Markup | None = None) -> Screen:
    """One visit."""
    t = turn.t
    rows: list[Row] = []
    if found.is_open and not one.is_removed:
        goes = FollowUp(id=found.id, version=found.version)
        rows.append((Button(t.plain("✅ Recommendation followed"), goes),))
    looks = []
    if found.photos:
        looks.append(Button(t.plain("🖼 Photos: {n}", n=found.photos), VisitPhotos(id=found.id)))
    if found.latitude is not None and found.longitude is not None:
        place = MAP.format(latitude=found.latitude, longitude=found.longitude)
        looks.append(Button(t.plain("🗺 On the map"), url=place))
    return Screen(
        lines(
            said,
            Markup("👣 <b>{}</b> · {}").format(
                dates.short_day(t, found.visited_on, turn.today), words.name(t, one, LINE)
            ),
            t("Noted by: {name}", name=found.person),
            t("Present: {names}", names=shortened(found.people, SHORT)) if found.people else None,
            t("Ready: <b>{n} %</b>", n=found.percent) if found.percent is not None else None,
            t("Found: {text}", text=shortened(found.findings, TEXT)),
            *words.recommended(t, found, turn.today, SHORT),
        ),
        rows=(*rows, *((tuple(looks),) if looks else ()), nav.exits(t, Visits(id=one.id))),
    )


def photo_line(turn: Turn, one: ControlledObject, found: Sequence[Photo]) -> Screen:
    """Which day each of the pictures below is of, oldest first."""
    t = turn.t
    told = (
        Markup("{}. {}{}").format(
            number,
            dates.short_day(t, photo.visited_on, turn.today),
            f" · {photo.percent} %" if photo.percent is not None else "",
        )
        for number, photo in enumerate(found, start=1)
    )
    return Screen(
        lines(
            t("🖼 <b>Over time: {name}</b>", name=words.name(t, one, LINE)),
            *told,
            None if found else t("There are no photos yet."),
        ),
        rows=(nav.exits(t, OpenObject(id=one.id)),),
    )


def _ways(turn: Turn, one: ControlledObject) -> list[Row]:
    t = turn.t
    rows: list[Row] = []
    if not one.is_removed and may(turn.actor, Action.REPORT_ROADMAP):
        rows.append((Button(t.plain("👣 Note a visit"), StartVisit(id=one.id)),))
    rows.append(
        (
            Button(t.plain("Visits (object)"), Visits(id=one.id)),
            Button(t.plain("🖼 Photos over time"), ObjectPhotos(id=one.id)),
        )
    )
    keep = [Button(t.plain("History (object)"), ObjectHistory(id=one.id))]
    if not one.is_removed and manages(turn.actor, one.branch_id):
        keep.append(Button(t.plain("⚙️ Change"), KeepObject(id=one.id)))
    return [*rows, tuple(keep)]


def _origin(turn: Turn, one: ControlledObject) -> Markup | None:
    t = turn.t
    text = t.pick(one.proposal_kk, one.proposal_ru)
    if not text:
        return None
    said = shortened(text, SHORT)
    if one.meeting_at is None:
        return t("Taken by a proposal: {text}", text=said)
    day = dates.short_day(t, one.meeting_at.astimezone(turn.zone).date(), turn.today)
    return t("Taken by the proposal of {date}: {text}", date=day, text=said)


def _entry(turn: Turn, entry: Entry) -> Markup:
    t = turn.t
    day = dates.short_day(t, entry.at.astimezone(turn.zone).date(), turn.today)
    what = t(words.CHANGES[entry.kind]) if entry.kind in words.CHANGES else Markup()
    line = Markup("{} · {} · {}").format(day, entry.person, what)
    return Markup("{}: {}").format(line, shortened(entry.text, LINE)) if entry.text else line
