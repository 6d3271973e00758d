"""The row of the requests' list that leads to workbooks and to the monthly report."""

from handlers.requests.exchange.callbacks import Books
from handlers.requests.report.callbacks import OpenReport
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row


def row(t: Translator, which: str) -> Row:
    """The two buttons under the list behind a filter."""
    return (
        Button(t.plain("📊 Excel (requests)"), Books(which=which)),
        Button(t.plain("📈 Report (requests)"), OpenReport()),
    )
