"""What a measurement found, as lines of a report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Section:
    """One measurement: its title, a table, checks against the targets, and remarks."""

    title: str
    columns: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = field(default_factory=list)
    checks: list["Check"] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The section as Markdown."""
        found = [f"## {self.title}", ""]
        if self.rows:
            found.append("| " + " | ".join(self.columns) + " |")
            found.append("|" + "---|" * len(self.columns))
            found += ["| " + " | ".join(row) + " |" for row in self.rows]
            found.append("")
        found += [f"- {check.line}" for check in self.checks]
        found += [f"- {remark}" for remark in self.remarks]
        return [*found, ""]


@dataclass(frozen=True)
class Check:
    """A target and whether it was met. ``exact``: not subject to what else the machine does."""

    what: str
    met: bool
    exact: bool = False

    @property
    def line(self) -> str:
        """One line of the report."""
        return f"**{'met' if self.met else 'MISSED'}** {self.what}"


def spread(values: Sequence[float], digits: int = 0) -> str:
    """The median, and between which values all lie."""
    low, high = min(values), max(values)
    return f"{median(values):.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
