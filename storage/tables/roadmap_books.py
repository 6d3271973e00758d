"""What a workbook has of an item beyond the item itself."""

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.tables.base import BigId, metadata

roadmap_rows = Table(
    "roadmap_rows",
    metadata,
    Column(
        "item_id",
        BigId,
        ForeignKey("control_items.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("external_id", Text, nullable=False, unique=True),  # known again by it
    Column("deadline_text", Text),  # as the file says it, where that is more than a day
)
