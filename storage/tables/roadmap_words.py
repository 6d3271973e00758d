"""The words that items under control are found by."""

from sqlalchemy import Column, ForeignKey, Table, Text

from storage.tables.base import BigId, metadata

# Spelled as search compares them (``storage.rules.spelling``), each once an item.
control_words = Table(
    "control_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column(
        "item_id",
        BigId,
        ForeignKey("control_items.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    ),
)
