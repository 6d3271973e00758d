"""What is said of a form of requests: what is wrong with it, and what it would do."""

from markupsafe import Markup

from handlers.papers.forms import MEGABYTES, REASONS
from handlers.requests import contacts
from handlers.requests.contact_reading import WrongIin
from handlers.requests.exchange import form
from handlers.requests.exchange.callbacks import AddAll, Books, SendBook
from handlers.turn import Turn
from handlers.ui import wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.requests.import_changes import Change
from storage.requests.imported_rows import Problem
from storage.requests.importing import ROWS, Checked
from storage.rules import phones

MISTAKES = 10
IGNORED = 120  # characters
OWN_REASONS = {
    **REASONS,
    "id_twice": N_("Another line has the same number: {value}"),
    "no_category": N_("There is no such category: {value}"),
    "no_deputy": N_("The branch has no deputy of this name: {value}"),
    "several_deputies": N_("Several deputies are called so: {value}"),
    "not_yours": N_("Only the secretary brings requests of others: {value}"),
    "no_request": N_("You have no request with this number: {value}"),
    "day_out_of_reach": N_("This day is to come, or too long ago: {value}"),
    "wrong_iin": contacts.MISTAKES[WrongIin.CHECK],
    "no_consent": N_("Name, phone, address or IIN are kept only with the day of the consent."),
    **{f"phone_{fault}": contacts.MISTAKES[fault] for fault in phones.Fault},
}
CHANGES = 5  # that are shown


def file_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The form is awaited."""
    t = turn.t
    return wizard.step(
        t,
        1,
        2,
        t("Send the filled form of requests as a file."),
        hint=t("XLSX, at most {n} MB and {rows} lines.", n=MEGABYTES, rows=ROWS),
        mistake=mistake,
        back=Books(),
    )


def look(turn: Turn, read: form.Read, checked: Checked) -> Screen:
    """What would be registered; with mistakes, only the first of these, and no confirming."""
    t = turn.t
    ignored = ", ".join(read.ignored)
    confirm: tuple[Row, ...] = ()
    if (checked.new or checked.changes) and not read.problems:
        label = t.plain("✅ Register (number: {n})", n=len(checked.new) + len(checked.changes))
        confirm = ((Button(label, AddAll(seal=checked.seal)),),)
    if read.problems:
        n = len(read.problems)
        told = [
            t("⚠️ Mistakes in the form: {n}. Nothing is registered until they are mended.", n=n),
            *(_problem(t, one) for one in read.problems[:MISTAKES]),
        ]
    else:
        told = [t("New requests: {n}", n=len(checked.new))]
        if checked.with_contact:
            told.append(t("With a contact: {n}", n=checked.with_contact))
            told.append(
                t("By registering you confirm that these voters agreed to the branch's wording.")
            )
        if checked.changes:
            told.append(t("Kept already, otherwise than in the file: {n}", n=len(checked.changes)))
            told += [_change(t, one) for one in checked.changes[:CHANGES]]
        if checked.known:
            told.append(t("Registered before, left as they are: {n}", n=checked.known))
    if ignored:
        told.append(t("Columns not read: {what}", what=shortened(ignored, IGNORED)))
    shown = wizard.step(t, 2, 2, lines(*told), rows=confirm, back=SendBook())
    return Screen(shown.text, shown.rows)


def _change(t: Translator, one: Change) -> Markup:
    """Which cells of a kept request the file says otherwise."""
    columns = ", ".join(f"«{t.plain(form.LABELS[name])}»" for name, _ in one.values)
    return t("№ {number}: {columns}", number=one.number, columns=columns)


def _problem(t: Translator, one: Problem) -> Markup:
    told = t(OWN_REASONS[one.reason], value=one.about)
    if not one.row:
        return told
    column = t.plain(form.LABELS[one.field]) if one.field else ""
    where = t("Line {row}, «{column}»", row=one.row, column=column)
    return Markup("{}: {}").format(where, told)
