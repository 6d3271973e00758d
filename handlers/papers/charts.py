"""Charts as pictures that a phone shows: each bar has its number, and hatching beside its colour.

matplotlib is imported where a picture is drawn: the bot starts without it. Drawing takes a second:
call it in a thread. Its own font, DejaVu Sans, has every Kazakh letter.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from textwrap import shorten, wrap
from typing import Any

from handlers.ui import amounts

BARS = 12  # more do not fit a phone's screen
FEWEST = 3  # fewer bars are no thicker than so many
NAME = 28  # characters beside a bar
LINE = 22  # and of a line, where a name may take two
DOTS = 160  # an inch
WIDE = 6.4  # inches
MARGIN = 0.12  # inches
SLANT_AFTER = 4  # names under a chart
BLUE, ORANGE, GREY = "#1f5fa8", "#e08a1e", "#5a5a5a"
# The parts of a bar, in their order.
STACKED: tuple[dict[str, Any], ...] = (
    {"color": BLUE},
    {"color": "#9cc3e6", "hatch": ".."},
    {"color": ORANGE, "hatch": "//"},
    {"color": "#b03a2e", "hatch": "xx"},
)


def bars(title: str, rows: Sequence[tuple[str, int]], others: str) -> bytes:
    """Horizontal bars, in the given order from above, as a PNG.

    What does not fit is added up under the name ``others``.
    """
    shown = list(rows)
    if len(shown) > BARS:
        shown = [*shown[: BARS - 1], (others, sum(n for _, n in shown[BARS - 1 :]))]
    least = max(len(shown), FEWEST)
    figure, axes = _figure(1.4 + 0.42 * least)
    places = range(len(shown))
    drawn = axes.barh(places, [n for _, n in shown], color=BLUE, height=0.65)
    axes.bar_label(drawn, padding=4, fontsize=13)
    axes.set_yticks(places, [_short(name) for name, _ in shown], fontsize=12)
    axes.set_ylim(least - 0.5, -0.5)
    axes.set_xlim(0, max((n for _, n in shown), default=1) * 1.15 or 1)
    axes.xaxis.set_visible(False)
    return _png(figure, axes, title)


def pairs(title: str, first: str, second: str, rows: Sequence[tuple[str, int, int]]) -> bytes:
    """Two bars a group side by side, named in a legend, as a PNG."""
    figure, axes = _figure(4.6)
    places = range(len(rows))
    for shift, name, values, look in (
        (-0.2, first, [row[1] for row in rows], {"color": BLUE}),
        (0.2, second, [row[2] for row in rows], {"color": ORANGE, "hatch": "//"}),
    ):
        drawn = axes.bar([n + shift for n in places], values, 0.38, label=name, **look)
        axes.bar_label(drawn, padding=2, fontsize=13)
    axes.set_xticks(places, [row[0] for row in rows], fontsize=12)
    axes.set_ylim(0, max((max(row[1:]) for row in rows), default=1) * 1.15 or 1)
    axes.yaxis.set_visible(False)
    axes.legend(fontsize=12, frameon=False, ncols=2, loc="upper center", bbox_to_anchor=(0.5, -0.1))
    return _png(figure, axes, title)


def stacked(title: str, names: Sequence[str], parts: Sequence[tuple[str, Sequence[int]]]) -> bytes:
    """One horizontal bar a name, made of up to four named parts with their numbers, as a PNG.

    Each part has its own hatching beside its colour.
    """
    figure, axes = _figure(2.0 + 0.5 * max(len(names), 1))
    places = range(len(names))
    ends = [0] * len(names)
    for (name, values), look in zip(parts, STACKED, strict=False):
        drawn = axes.barh(
            places, values, left=ends, height=0.65, label=name, edgecolor="white", **look
        )
        box = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
        written = [str(value) if value else "" for value in values]
        for text, value in zip(
            axes.bar_label(drawn, labels=written, label_type="center", fontsize=12),
            values,
            strict=True,
        ):
            if value:
                text.set_bbox(box)
        ends = [end + value for end, value in zip(ends, values, strict=True)]
    axes.set_yticks(places, [_in_two(name) for name in names], fontsize=12)
    axes.invert_yaxis()
    axes.xaxis.set_visible(False)
    axes.legend(fontsize=11, frameon=False, ncols=2, loc="lower center", bbox_to_anchor=(0.4, 1.0))
    return _png(figure, axes, title)


def course(
    title: str,
    periods: Sequence[str],
    plan: tuple[str, Sequence[float | None]],
    fact: tuple[str, Sequence[float | None]],
    trend: tuple[str, Sequence[float | None]],
    runs: Sequence[int] | None = None,
) -> bytes:
    """Three named lines over ``periods``, None where one has no value, as a PNG.

    Each line has its own marks beside its colour; the facts stand in figures, too. Where ``runs``
    says that a period is of another run (a year) than the one before, no line leads to it.
    """
    figure, axes = _figure(4.8)
    looks: tuple[dict[str, Any], ...] = (
        {"color": ORANGE, "marker": "D", "linestyle": "--", "linewidth": 2, "markersize": 12},
        {"color": BLUE, "marker": "o", "linestyle": "-", "linewidth": 3, "markersize": 9},
        {"color": GREY, "marker": "", "linestyle": ":", "linewidth": 2.5},
    )
    for (name, values), look in zip((plan, fact, trend), looks, strict=True):
        known = [(n, value) for n, value in enumerate(values) if value is not None]
        name = _short(name)
        for _, run in groupby(known, lambda one: runs[one[0]] if runs else 0):
            places, heights = zip(*run, strict=True)
            axes.plot(places, heights, label=name, **look)
            name = ""  # a legend names each line once
    for n, (value, planned) in enumerate(zip(fact[1], plan[1], strict=True)):
        if value is not None:
            # Away from the plan's mark, and legible where a line runs through.
            below = planned is not None and planned > value
            axes.annotate(
                amounts.shown(value),
                (n, value),
                (0, -22 if below else 12),
                textcoords="offset points",
                ha="center",
                fontsize=12,
                bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
            )
    # On a phone the names of a dozen periods stand only slanting.
    slanting = {"rotation": 35, "ha": "right"} if len(periods) > SLANT_AFTER else {}
    axes.set_xticks(range(len(periods)), periods, fontsize=11, **slanting)
    axes.set_xlim(-0.5, max(len(periods) - 0.5, 0.5))
    axes.tick_params("y", labelsize=11)
    axes.yaxis.set_major_formatter(lambda value, _place: amounts.shown(value))
    axes.margins(y=0.2)
    axes.grid(axis="y", alpha=0.3)
    axes.legend(fontsize=12, frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    return _png(figure, axes, title)


def _figure(height: float) -> tuple[Any, Any]:
    # Not pyplot: it keeps every figure, and is not made for threads.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    # Telegram rounds the corners of a picture: nothing stands at its very edge.
    layout = ConstrainedLayoutEngine(w_pad=MARGIN, h_pad=MARGIN)
    figure = Figure(figsize=(WIDE, height), dpi=DOTS, layout=layout)
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()


def _png(figure: Any, axes: Any, title: str) -> bytes:
    # A "$" would begin a formula.
    figure.suptitle(title.replace("$", r"\$"), fontsize=15, fontweight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    content = BytesIO()
    figure.savefig(content, format="png", metadata={"Software": None})
    return content.getvalue()


def _short(name: str) -> str:
    return shorten(name, NAME, placeholder="…").replace(",…", "…").replace("$", r"\$")


def _in_two(name: str) -> str:
    return "\n".join(wrap(name, LINE, max_lines=2, placeholder="…")).replace("$", r"\$")
