"""Indicators of the programme: what is planned and what is reported, period by period."""

from sqlalchemy import Column, Float, ForeignKey, Integer, Table, Text, UniqueConstraint

from storage.tables.base import BigId, UtcDateTime, identity, metadata, reference, version

indicators = Table(
    "indicators",
    metadata,
    identity(),
    reference("branch_id", "branches.id", index=True),
    Column("direction_kk", Text, nullable=False),
    Column("direction_ru", Text, nullable=False),
    Column("name_kk", Text, nullable=False),
    Column("name_ru", Text, nullable=False),
    Column("unit_kk", Text, nullable=False),
    Column("unit_ru", Text, nullable=False),
    Column("kind", Text, nullable=False),  # level, volume, index, growth
    Column("better", Text, nullable=False),  # more, less
    Column("frequency", Text, nullable=False),  # month, quarter, half_year, year
    Column("base_value", Float),  # what it started from
    Column("base_year", Integer),
    Column("source", Text),  # where the figures come from
    reference("reporter_id", "people.id", nullable=True, index=True),
    Column("due_days", Integer, nullable=False),  # calendar days after a period's end
    version(),
)

# A period runs from January to ``month``, its last one.
indicator_values = Table(
    "indicator_values",
    metadata,
    identity(),
    Column("indicator_id", BigId, ForeignKey("indicators.id", ondelete="CASCADE"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("plan", Float),
    Column("fact", Float),
    Column("note", Text),  # what was written beside the fact
    UniqueConstraint("indicator_id", "year", "month"),
)

indicator_history = Table(
    "indicator_history",
    metadata,
    identity(),
    Column(
        "indicator_id",
        BigId,
        ForeignKey("indicators.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("at", UtcDateTime, nullable=False),
    reference("person_id", "people.id"),
    Column("kind", Text, nullable=False),  # plan, fact, or the name of a column of indicators
    Column("year", Integer),
    Column("month", Integer),
    Column("was", Float),
    Column("became", Float),
    Column("text", Text),
)
