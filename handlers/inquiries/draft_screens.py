"""The steps of an inquiry that is being made."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.inquiries import callbacks, words
from handlers.inquiries.draft import Draft
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.screen import Button, Row, Screen, column, lines, shortened
from storage.branches import Branch
from storage.inquiries.bodies import Body, Page
from storage.inquiries.making import REQUESTS_LIMIT
from storage.inquiries.prefilling import Source

SHOWN_TEXT = 600  # characters of the text before it is made
STEPS = 3


def branch_step(turn: Turn, draft: Draft, own: Sequence[Branch]) -> Screen:
    """From which branch."""
    buttons = [
        Button(one.named(turn.t.language), callbacks.DraftBranch(draft=draft.id, branch=one.id))
        for one in own
    ]
    return wizard.step(turn.t, 1, 1, turn.t("As the deputy of which branch?"), rows=column(buttons))


def body_step(turn: Turn, draft: Draft, found: Page, mistake: Markup | None = None) -> Screen:
    """To whom."""
    t = turn.t
    buttons = [
        Button(body_label(turn, one), callbacks.DraftBody(draft=draft.id, body=one.id))
        for one in found.bodies
    ]
    label = t.plain("➕ Not in the list: {name}", name=draft.body_words or "")
    new = Button(shortened(label, words.LABEL), callbacks.DraftNewBody(draft=draft.id))
    rows = paging.rows(
        t,
        buttons,
        found.number,
        found.total,
        lambda page: callbacks.DraftField(draft=draft.id, step="body", page=page),
    )
    return wizard.step(
        t,
        1,
        STEPS,
        lines(
            t("📄 To whom is the inquiry addressed?"),
            t("Looked for: {words}", words=draft.body_words) if draft.body_words else None,
            None if found.total else none_found(turn, draft),
        ),
        hint=t("Choose, or type a part of the name."),
        mistake=mistake,
        rows=(*rows, *(((new,),) if draft.body_words else ())),
        back=callbacks.DraftField(draft=draft.id, step="check") if draft.whole else None,
    )


def none_found(turn: Turn, draft: Draft) -> Markup:
    """That no body fits, and who may add one."""
    if draft.body_words:
        return turn.t("No such body is in the directory. Type another part of its name.")
    return turn.t("The directory of bodies is empty: the secretary of the branch fills it.")


def body_label(turn: Turn, body: Body) -> str:
    """A body on a button."""
    return shortened(turn.t.pick(body.name_kk, body.name_ru), words.LABEL)


def field_step(
    turn: Turn, draft: Draft, field: str, mistake: Markup | None, kept: str | None
) -> Screen:
    """Subject, text or basis."""
    t = turn.t
    question, limit = words.FIELDS[field]
    now = kept or getattr(draft, field)
    back = "check" if draft.whole else "body"
    return wizard.step(
        t,
        2,
        STEPS,
        lines(t(question), as_it_reads(turn, now)),
        hint=t("In one message, at most {n} characters.", n=limit),
        mistake=mistake,
        back=callbacks.DraftField(draft=draft.id, step=back),
        skip=callbacks.DraftNoBasis(draft=draft.id) if field == "basis" else None,
    )


def as_it_reads(turn: Turn, text: str | None) -> Markup | None:
    """The present wording, to be copied with a tap."""
    if not text:
        return None
    shown = Markup("<code>{}</code>").format(text[:1500])
    return turn.t("Now it reads (tap it to copy): {text}", text=shown)


def requests_step(turn: Turn, draft: Draft, offered: Sequence[Source], page: int) -> Screen:
    """Which of the own requests belong to it."""
    t = turn.t
    page = paging.clamp(page, len(offered))
    shown = offered[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(
            shortened(
                f"{'☑' if one.id in draft.request_ids else '☐'} {one.number} · {one.text}",
                words.LABEL,
            ),
            callbacks.DraftRequest(draft=draft.id, request=one.id, page=page),
        )
        for one in shown
    ]
    rows = paging.rows(
        t,
        buttons,
        page,
        len(offered),
        lambda to: callbacks.DraftField(draft=draft.id, step="requests", page=to),
    )
    done = Button(
        t.plain("Done: {n}", n=len(draft.request_ids)),
        callbacks.DraftField(draft=draft.id, step="check"),
    )
    return Screen(
        lines(
            t("📝 Which requests is the inquiry made from?"),
            t("At most {n}. Their words come into the text; it can be edited.", n=REQUESTS_LIMIT)
            if offered
            else t("You have no open requests."),
        ),
        rows=(*rows, (done,)),
    )


def check_step(turn: Turn, draft: Draft, body: Body, numbers: Sequence[str]) -> Screen:
    """What will be made, with everything to be edited."""
    t = turn.t

    def to(label: str, step: str) -> Button:
        return Button(label, callbacks.DraftField(draft=draft.id, step=step))

    other = "kk" if draft.language == "ru" else "ru"
    language = Button(
        t.plain("Letter: {language}", language=t.plain(words.LANGUAGES[draft.language])),
        callbacks.DraftLanguage(draft=draft.id, language=other),
    )
    rows: tuple[Row, ...] = (
        (Button(t.plain("✅ Make the inquiry"), callbacks.MakeIt(draft=draft.id)),),
        (to(t.plain("✏️ Subject"), "subject"), to(t.plain("✏️ Text"), "text")),
        (to(t.plain("✏️ Addressee"), "body"), to(t.plain("✏️ Basis"), "basis")),
        (language, to(t.plain("📝 Requests: {n}", n=len(numbers)), "requests")),
    )
    return wizard.step(
        t,
        STEPS,
        STEPS,
        lines(
            t("📄 Is everything right?"),
            t("To: {body} ({level})", body=t.pick(body.name_kk, body.name_ru),
              level=words.level(t, body.level)),
            t("Subject: {subject}", subject=draft.subject or ""),
            t("Basis: {basis}", basis=draft.basis) if draft.basis else None,
            t("Requests: {numbers}", numbers=", ".join(numbers)) if numbers else None,
            "",
            shortened(draft.text or "", SHOWN_TEXT),
        ),
        hint=t("Names, phones and IINs of voters do not belong in a letter: look at the text."),
        rows=rows,
    )  # fmt: skip


def gone(turn: Turn) -> Screen:
    """A button of a draft that is no more."""
    t = turn.t
    return Screen(
        t("This draft is not open any more. Begin anew: /inquiry"),
        rows=(nav.exits(t, callbacks.InquiryList()),),
    )
