"""The requests behind a filter as a workbook; contacts are masked unless they were asked for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.papers.written_workbooks import Column, Kind, NewSheet, Shown, made
from handlers.requests import words
from handlers.ui.i18n import Translator, translator
from storage.requests import VoterRequest
from storage.requests.exporting import Exported
from storage.rules import phones
from storage.rules.veiling import veiled


def workbook(
    language: str, exported: Exported, zone: ZoneInfo, at: datetime, *, contacts: bool
) -> bytes:
    """The file in ``language``; days are those of ``zone``."""
    t = translator(language)
    columns = (*_columns(t), *(_contact_columns(t) if contacts else (_masked_column(t),)))
    rows = [
        (*_row(t, one, zone, whole=contacts), *_contact(exported, one, whole=contacts))
        for one in exported.requests
    ]
    return made((NewSheet(t.plain("Requests (sheet)"), columns, rows),), "", at)


def _columns(t: Translator) -> tuple[Column, ...]:
    return (
        Column(t.plain("Number (column)"), width=18),
        Column(t.plain("Number in your list (column)"), width=18),
        Column(t.plain("State (column)"), width=20),
        Column(t.plain("Branch (column)"), width=30),
        Column(t.plain("Category (column)"), width=24),
        Column(t.plain("Form (column)"), width=18),
        Column(t.plain("Channel (column)"), width=20),
        Column(t.plain("Place (column)"), width=28),
        Column(t.plain("Text (column)"), width=60),
        Column(t.plain("Deputy (column)"), width=28),
        Column(t.plain("Registered on (column)"), Kind.DAY, width=14),
        Column(t.plain("Due (column)"), Kind.DAY, width=14),
        Column(t.plain("Done on (column)"), Kind.DAY, width=14),
    )


def _masked_column(t: Translator) -> Column:
    return Column(t.plain("Phone (column)"), width=20)


def _contact_columns(t: Translator) -> tuple[Column, ...]:
    return (
        _masked_column(t),
        Column(t.plain("Voter's name (column)"), width=28),
        Column(t.plain("Address (column)"), width=30),
        Column(t.plain("IIN (column)"), width=16),
    )


def _row(t: Translator, one: VoterRequest, zone: ZoneInfo, *, whole: bool) -> tuple[Shown, ...]:
    closed = one.closed_at.astimezone(zone).date() if one.closed_at else None
    return (
        one.number,
        one.external_id,
        words.state(t, one.state),
        t.pick(one.branch_kk, one.branch_ru),
        words.category(t, one),
        words.kind(t, one.kind),
        words.channel(t, one.channel),
        one.place,
        one.text if whole else str(veiled(one.text)),
        one.deputy_name,
        one.registered_at.astimezone(zone).date(),
        one.due_on,
        closed,
    )


def _contact(exported: Exported, one: VoterRequest, *, whole: bool) -> tuple[Shown, ...]:
    if not whole:
        return (one.masked_phone,)
    contact = exported.contacts.get(one.id)
    if contact is None:
        return (None, None, None, None)
    phone = phones.shown(contact.phone) if contact.phone else None
    return (phone, contact.name, contact.address, contact.iin)
