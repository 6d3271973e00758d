"""The steps in which something is noted about an inquiry."""

from markupsafe import Markup

from handlers.inquiries import callbacks, past_days, words
from handlers.inquiries.draft_screens import as_it_reads
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.inquiries import Inquiry
from storage.inquiries import bodies as directory
from storage.inquiries.rows import NUMBER_LIMIT, WORD_LIMIT


def step(turn: Turn, inquiry: Inquiry, name: str, mistake: Markup | None) -> Screen:
    """The step ``name`` about ``inquiry``."""
    if name in words.FIELDS:
        return _wording(turn, inquiry, name, mistake)
    t, id_ = turn.t, inquiry.id
    card, back = callbacks.OpenInquiry(id=id_), callbacks.StepBack(id=id_)
    if name == "out_number":
        return wizard.step(
            t, 1, 2, lines(heading(turn, inquiry), t("Under which number was the letter sent?")),
            hint=t("At most {n} characters. Without one, ours stays: {number}",
                   n=NUMBER_LIMIT, number=inquiry.number),
            mistake=mistake, back=card, skip=callbacks.Skip(id=id_),
        )  # fmt: skip
    if name == "out_day":
        question = lines(heading(turn, inquiry), t("On which day was the letter sent?"))
        return wizard.step(
            t, 2, 2, question, hint=past_days.hint(turn), mistake=mistake,
            rows=past_days.rows(turn, id_), back=back,
        )  # fmt: skip
    if name == "announced_day":
        question = lines(heading(turn, inquiry), t("On which day was it announced at a session?"))
        return wizard.step(
            t, 1, 1, question, hint=past_days.hint(turn), mistake=mistake,
            rows=past_days.rows(turn, id_), back=card,
        )  # fmt: skip
    sure = Button(t.plain("Take back without a reason"), callbacks.Skip(id=id_))
    return wizard.step(
        t, 1, 1,
        lines(heading(turn, inquiry), t("Take the inquiry back? It cannot be taken up again.")),
        hint=t("Write the reason in at most {n} characters, or do without.", n=WORD_LIMIT),
        mistake=mistake, rows=((sure,),), back=card,
    )  # fmt: skip


def heading(turn: Turn, inquiry: Inquiry) -> Markup:
    """Which inquiry this is about."""
    return turn.t("📄 № {number}", number=inquiry.number)


def _wording(turn: Turn, inquiry: Inquiry, name: str, mistake: Markup | None) -> Screen:
    t = turn.t
    question, limit = words.FIELDS[name]
    optional = name == "basis" and inquiry.basis is not None
    return wizard.step(
        t,
        1,
        1,
        lines(heading(turn, inquiry), t(question), as_it_reads(turn, getattr(inquiry, name))),
        hint=t("In one message, at most {n} characters.", n=limit),
        mistake=mistake,
        back=callbacks.OpenInquiry(id=inquiry.id),
        skip=callbacks.Skip(id=inquiry.id) if optional else None,
    )


async def bodies(turn: Turn, inquiry: Inquiry, page: int) -> Screen:
    """Another addressee for what is made already."""
    t, id_, version = turn.t, inquiry.id, inquiry.version
    found = await turn.read(directory.addressees, inquiry.branch_id, t.language, page)
    buttons = [
        Button(
            shortened(t.pick(one.name_kk, one.name_ru), words.LABEL),
            callbacks.SetBody(id=id_, version=version, body=one.id),
        )
        for one in found.bodies
    ]
    rows = paging.rows(
        t,
        buttons,
        found.number,
        found.total,
        lambda to: callbacks.ChangeField(id=id_, version=version, field="body", page=to),
    )
    return Screen(
        lines(
            heading(turn, inquiry),
            t("📄 To whom is the inquiry addressed?"),
            None
            if found.total
            else t("The directory of bodies is empty: the secretary of the branch fills it."),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenInquiry(id=id_))),
    )
