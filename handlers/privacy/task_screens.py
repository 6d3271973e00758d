"""The screens of tasks on personal data: never a name, numbers only masked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.privacy import callbacks, task_callbacks
from handlers.requests.callbacks import OpenRequest
from handlers.turn import Turn
from handlers.ui import dates, nav, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.data_tasks.tasks import DataTask, Kind
from storage.requests import VoterRequest
from storage.rules import iin, phones

KINDS = {Kind.EXPORT: N_("📤 Data to be given out"), Kind.ERASE: N_("🗑 Data to be erased")}
# What is counted, in the order in which it is told.
COUNTED = {
    "requests": N_("Own requests: {n}"),
    "mentions": N_("Mentioned in requests of others: {n}"),
    "texts": N_("Texts of requests: {n}"),
    "history": N_("Lines of the history: {n}"),
    "inquiries": N_("Inquiries and answers: {n}"),
    "attachments": N_("Files: {n}"),
    "consents": N_("Consents that ended: {n}"),
    "followers": N_("Followed by: {n}"),
    "drafts": N_("Drafts: {n}"),
    "updates": N_("Messages that were set aside: {n}"),
    "messages": N_("Messages of the bot: {n}"),
    "replies": N_("Replies to broadcasts: {n}"),
}


def listing(turn: Turn, tasks: Sequence[DataTask]) -> Screen:
    """What is to be done, the most urgent first, and how another one begins."""
    t = turn.t
    buttons = [
        Button(
            f"{t.plain(KINDS[task.kind])} · {dates.days_left(t, task.due_on, turn.today)}",
            task_callbacks.OpenTask(id=task.id),
        )
        for task in tasks
    ]
    return Screen(
        lines(
            t("📋 <b>Tasks on personal data: {n}</b>", n=len(tasks)),
            t("What a person asked for is done within 15 days."),
            None if tasks else t("Nothing is to be done now."),
        ),
        rows=(
            *column(buttons),
            (Button(t.plain("➕ Give out the data"), _ask(Kind.EXPORT)),),
            (Button(t.plain("➕ Erase the data"), _ask(Kind.ERASE)),),
            nav.exits(t, callbacks.OpenPrivacy()),
        ),
    )


def _ask(kind: Kind) -> task_callbacks.AskNumber:
    return task_callbacks.AskNumber(kind=kind)


def number_step(t: Translator, kind: Kind, mistake: Markup | None = None) -> Screen:
    """Whose data: the phone or the IIN is typed."""
    return wizard.step(
        t,
        1,
        1,
        lines(t(KINDS[kind]), t("Whose data? Write the phone or the IIN.")),
        hint=t("For example: {phone}", phone="8 701 123 45 67"),
        mistake=mistake,
        back=task_callbacks.DataTasks(),
    )


def kinds(t: Translator, request: VoterRequest) -> Screen:
    """What the voter of a request asks for."""
    begin = {kind: task_callbacks.BeginOf(id=request.id, kind=kind) for kind in Kind}
    return Screen(
        lines(
            t("🔒 № {number}: what does the voter ask for?", number=request.number),
            t("A task begins; it is done within 15 days. Nothing is erased yet."),
        ),
        rows=(
            (Button(t.plain("📤 Give out the data"), begin[Kind.EXPORT]),),
            (Button(t.plain("🗑 Erase the data"), begin[Kind.ERASE]),),
            nav.exits(t, OpenRequest(id=request.id)),
        ),
    )


def card(turn: Turn, task: DataTask, counts: Mapping[str, int], word: Markup | None) -> Screen:
    """One task: whose data, until when, how much there is now, or what was done."""
    t = turn.t
    return Screen(
        lines(
            word,
            t("<b>{kind}</b>", kind=t.plain(KINDS[task.kind])),
            *_whose(t, task),
            _when(turn, task),
            "",
            *_counted(t, counts),
            t("Found when it was looked for again: {n}", n=counts.get("left", 0))
            if task.done_at and task.kind is Kind.ERASE and "dropped" not in counts
            else None,
        ),
        rows=(*_ways(t, task), nav.exits(t, task_callbacks.DataTasks())),
    )


def _whose(t: Translator, task: DataTask) -> list[Markup]:
    branch = t.pick(task.branch_kk, task.branch_ru) or t.plain("All branches")
    told = [t("Branch: {branch}", branch=branch)]
    if task.request_number:
        told.append(t("The voter of № {number}", number=task.request_number))
    if task.subject and iin.valid(task.subject):
        told.append(t("IIN: {iin}", iin=iin.masked(task.subject)))
    elif task.subject:
        told.append(t("Phone: {phone}", phone=phones.masked(task.subject)))
    return told


def _when(turn: Turn, task: DataTask) -> Markup:
    t = turn.t
    if task.done_at:
        at = dates.moment(t, task.done_at.astimezone(turn.zone), turn.today)
        return t("✅ Done: {day}", day=at)
    day = dates.short_day(t, task.due_on, turn.today)
    left = dates.days_left(t, task.due_on, turn.today)
    return t("⏳ To be done by: {day} · {left}", day=day, left=left)


def _counted(t: Translator, counts: Mapping[str, int]) -> list[Markup]:
    if counts.get("dropped"):
        return [t("Closed with nothing done: nobody asked for it.")]
    told = [t(text, n=counts[name]) for name, text in COUNTED.items() if counts.get(name)]
    return told or [t("Nothing is kept of this person here.")]


def _ways(t: Translator, task: DataTask) -> tuple[Row, ...]:
    if task.done_at:
        return ()
    of = {"id": task.id, "version": task.version}
    doing = (
        Button(t.plain("📤 Get the file"), task_callbacks.GiveData(**of))
        if task.kind is Kind.EXPORT
        else Button(t.plain("🗑 Erase…"), task_callbacks.EraseData(**of))
    )
    return ((doing,), (Button(t.plain("✖️ Nobody asked for it"), task_callbacks.DropTask(**of)),))


def sure(turn: Turn, task: DataTask, counts: Mapping[str, int]) -> Screen:
    """What is erased for ever, and what stays; the second tap does it."""
    t = turn.t
    shown = card(turn, task, counts, None)
    yes = task_callbacks.EraseData(id=task.id, version=task.version, sure=True)
    return replace(
        shown,
        text=lines(
            t("⚠️ <b>This cannot be undone.</b>"),
            shown.text,
            "",
            t(
                "Erased: contacts, files, who follows; numbers and the name within texts. Numbers"
                " of requests, states, dates, categories and places stay."
            ),
            t("What stands in chats of Telegram is not reached from here."),
        ),
        rows=(
            (Button(t.plain("🗑 Yes, erase for ever"), yes),),
            nav.exits(t, task_callbacks.OpenTask(id=task.id)),
        ),
    )
