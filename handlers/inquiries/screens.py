"""The card of an inquiry: what it says, how it stands, and what its reader may do with it."""

from markupsafe import Markup

from handlers.inquiries import callbacks, decided, words
from handlers.requests import words as request_words
from handlers.requests.callbacks import OpenRequest
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.inquiries import Answer, Inquiry, InquiryState, Whole, is_author, keeps
from storage.inquiries.rows import OPEN

SHOWN_TEXT = 300  # characters of the text on the card
SHOWN_REQUESTS = 4


def card(
    turn: Turn, around: Whole, *, said: Markup | None = None, word: str | None = None
) -> Screen:
    """The card; ``said`` is what has just happened, ``word`` the same in a toast."""
    return Screen(
        lines(said, *_about(turn, around), *_state(turn, around), *_chain(turn, around)),
        rows=(*_doing(turn, around), *_looking(turn, around), nav.exits(turn.t, _list(around))),
        toast=word,
    )


def _about(turn: Turn, around: Whole) -> tuple[Markup | str | None, ...]:
    t, inquiry = turn.t, around.inquiry
    mine = inquiry.author_id == turn.actor.person_id
    return (
        t("📄 <b>№ {number}</b>", number=inquiry.number),
        Markup("<b>{}</b>").format(words.state(t, inquiry)),
        t("To: {body} ({level})", body=t.pick(inquiry.body_kk, inquiry.body_ru),
          level=words.level(t, inquiry.level)),
        t("Subject: {subject}", subject=inquiry.subject),
        t("Basis: {basis}", basis=inquiry.basis) if inquiry.basis else None,
        shortened(inquiry.text, SHOWN_TEXT),
        None if mine else t("Author of the inquiry: {name}", name=inquiry.author),
    )  # fmt: skip


def _state(turn: Turn, around: Whole) -> tuple[Markup | None, ...]:
    t, inquiry = turn.t, around.inquiry
    out, announced = inquiry.outgoing_on, inquiry.announced_on
    signed = ", ".join(one.name for one in around.signed)
    waiting = ", ".join(one.name for one in around.signers if one.waits)
    refused = ", ".join(one.name for one in around.signers if one.refused_at)
    awaited = waiting and inquiry.state is InquiryState.DRAFT
    return (
        t("Co-signers: {names}", names=signed) if signed else None,
        t("Not signed yet: {names}", names=waiting) if awaited else None,
        t("Refused to sign: {names}", names=refused) if refused else None,
        t("Sent: № {number}, {date}", number=inquiry.outgoing_number or "",
          date=dates.short_day(t, out, turn.today)) if out else None,
        words.deadline(t, inquiry, turn.today),
        t("Announced at a session: {date}", date=dates.short_day(t, announced, turn.today))
        if announced
        else None,
        answer_line(turn, around.answers[-1]) if around.answers else None,
        *decided.lines(turn, around.decisions),
    )  # fmt: skip


def _chain(turn: Turn, around: Whole) -> tuple[Markup | None, ...]:
    t = turn.t
    numbers = ", ".join(
        f"{one.number} ({request_words.state(t, one.state)})" for one in around.requests
    )
    before, after = around.repeats, around.repeated_by
    return (
        t("Requests: {numbers}", numbers=numbers) if numbers else None,
        t("Repeats: № {number}", number=before.number) if before else None,
        t("Repeated by: № {number} · {state}", number=after.number, state=words.state(t, after))
        if after
        else None,
    )


def answer_line(turn: Turn, answer: Answer) -> Markup:
    """The last answer in a line."""
    t = turn.t
    day = dates.short_day(t, answer.answered_on, turn.today)
    if answer.number:
        return t("Answer: № {number}, {date}", number=answer.number, date=day)
    return t("Answer of {date}", date=day)


def _doing(turn: Turn, around: Whole) -> tuple[Row, ...]:
    inquiry = around.inquiry
    rows: tuple[Row, ...] = _signing(turn, around)
    if is_author(turn.actor, inquiry):
        rows += _author(turn, around)
    if keeps(turn.actor, inquiry):
        rows += _keeper(turn, inquiry)
    return rows


def _signing(turn: Turn, around: Whole) -> tuple[Row, ...]:
    inquiry, t = around.inquiry, turn.t
    mine = next((o for o in around.signers if o.person_id == turn.actor.person_id), None)
    if mine is None or not mine.waits or inquiry.state is not InquiryState.DRAFT:
        return ()
    given = {"id": inquiry.id, "version": inquiry.version}
    return (
        (
            Button(t.plain("✍️ Sign"), callbacks.Sign(**given, signs=True)),
            Button(t.plain("Refuse to sign"), callbacks.Sign(**given, signs=False)),
        ),
    )


def _author(turn: Turn, around: Whole) -> tuple[Row, ...]:
    t, inquiry = turn.t, around.inquiry
    id_, version, state = inquiry.id, inquiry.version, inquiry.state

    def change(label: str, field: str) -> Button:
        return Button(label, callbacks.ChangeField(id=id_, version=version, field=field))

    announced = Button(
        t.plain("Announced at a session…"), callbacks.StartAnnouncing(id=id_, version=version)
    )
    back = Button(t.plain("Take back"), callbacks.StartWithdrawing(id=id_, version=version))
    if state is InquiryState.DRAFT:
        send = Button(t.plain("📤 It was sent…"), callbacks.StartSending(id=id_, version=version))
        signers = Button(t.plain("👥 Co-signers"), callbacks.CoSigners(id=id_))
        return (
            (send,),
            (change(t.plain("✏️ Subject"), "subject"), change(t.plain("✏️ Text"), "text")),
            (change(t.plain("✏️ Addressee"), "body"), change(t.plain("✏️ Basis"), "basis")),
            (signers, _language(turn, inquiry)),
            (back,),
        )
    if state is InquiryState.SENT:
        return ((announced, back),) if inquiry.announced_on is None else ((back,),)
    if state is InquiryState.ANSWERED:
        rows = _judging(turn, around)
        return rows if inquiry.announced_on else (*rows, (announced,))
    return _repeating(turn, around)


def _language(turn: Turn, inquiry: Inquiry) -> Button:
    t = turn.t
    label = t.plain("Letter: {language}", language=t.plain(words.LANGUAGES[inquiry.language]))
    other = "kk" if inquiry.language == "ru" else "ru"
    goes = callbacks.SetLanguage(id=inquiry.id, version=inquiry.version, language=other)
    return Button(label, goes)


def _judging(turn: Turn, around: Whole) -> tuple[Row, ...]:
    t, inquiry = turn.t, around.inquiry

    def rate(label: str, *, satisfied: bool) -> Button:
        given = callbacks.Rate(id=inquiry.id, version=inquiry.version, satisfied=satisfied)
        return Button(label, given)

    judged = (
        rate(t.plain("✅ It satisfies me"), satisfied=True),
        rate(t.plain("⚠️ It does not"), satisfied=False),
    )
    if inquiry.satisfied is None:
        return (judged,)
    return _repeating(turn, around)


def _repeating(turn: Turn, around: Whole) -> tuple[Row, ...]:
    inquiry = around.inquiry
    if inquiry.satisfied is not False or around.repeated_by is not None:
        return ()
    goes = callbacks.RepeatInquiry(id=inquiry.id)
    return ((Button(turn.t.plain("🔁 Inquire again"), goes),),)


def _keeper(turn: Turn, inquiry: Inquiry) -> tuple[Row, ...]:
    t, given = turn.t, {"id": inquiry.id, "version": inquiry.version}
    if inquiry.state not in (InquiryState.SENT, InquiryState.ANSWERED):
        return ()
    first = inquiry.state is InquiryState.SENT
    label = t.plain("📥 Keep the answer") if first else t.plain("📥 A further answer")
    row = [Button(label, callbacks.StartAnswer(**given))]
    may_close = inquiry.satisfied is not None or not is_author(turn.actor, inquiry)
    if not first and may_close:
        row.append(Button(t.plain("Close the inquiry"), callbacks.Close(**given)))
    return (tuple(row),)


def _looking(turn: Turn, around: Whole) -> tuple[Row, ...]:
    t, inquiry = turn.t, around.inquiry
    row = [Button(t.plain("📄 Letter (.docx)"), callbacks.Letter(id=inquiry.id))]
    if shortened(inquiry.text, SHOWN_TEXT) != inquiry.text:
        row.append(Button(t.plain("Whole text of the inquiry"), callbacks.WholeText(id=inquiry.id)))
    second = [Button(t.plain("History of the inquiry"), callbacks.InquiryHistory(id=inquiry.id))]
    if inquiry.due_on is not None:
        second.append(Button(t.plain("Why this day?"), callbacks.WhyThisDay(id=inquiry.id)))
    rows: list[Row] = [tuple(row), tuple(second)]
    if around.answers:
        rows.insert(0, (Button(t.plain("📥 The answer"), callbacks.Answers(id=inquiry.id)),))
    links = [
        Button(f"📝 {one.number}", OpenRequest(id=one.id))
        for one in around.requests[:SHOWN_REQUESTS]
    ]
    links += [
        Button(f"📄 {one.number}", callbacks.OpenInquiry(id=one.id))
        for one in (around.repeats, around.repeated_by)
        if one is not None
    ]
    paired = (tuple(links[i : i + 2]) for i in range(0, len(links), 2))
    return (*rows, *decided.rows(turn, around), *paired)


def _list(around: Whole) -> callbacks.InquiryList:
    which = "mine" if around.inquiry.state in OPEN else "closed"
    return callbacks.InquiryList(which=which)
