"""The screens of the privacy text, and of the texts that the branch edits itself."""

import hashlib
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from handlers.privacy import callbacks, wording
from handlers.privacy.task_callbacks import DataTasks
from handlers.turn import Turn
from handlers.ui import dates, nav, wizard
from handlers.ui.i18n import N_, Translator, translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.data_tasks.retention import LEAST, MOST
from storage.rules.access import Action, may
from storage.wordings import KEYS, LANGUAGES, LIMIT, PRIVACY, Edition, Wording

OTHER = {"kk": ("ru", "На русском"), "ru": ("kk", "Қазақша")}
QUESTIONS = {
    "kk": N_("How does the text read in Kazakh?"),
    "ru": N_("How does the text read in Russian?"),
}


def privacy(turn: Turn, found: Wording, language: str) -> Screen:
    """The privacy text in ``language``, with the way to it in the other one."""
    language = language if language in LANGUAGES else turn.t.language
    language = language if language in LANGUAGES else LANGUAGES[0]
    t, (other, name) = translator(language), OTHER[language]
    rows: tuple[Row, ...] = ((Button(name, callbacks.OpenPrivacy(language=other)),),)
    if not turn.in_group:
        rows = (*rows, *_keeping(turn), nav.exits(turn.t))
    return Screen(lines(t("🔒 <b>Personal data</b>"), wording.text(found, language)), rows=rows)


def _keeping(turn: Turn) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = ()
    if may(turn.actor, Action.ANSWER_FOR_DATA):
        rows = ((Button(turn.t.plain("📋 Tasks on personal data"), DataTasks()),),)
    if may(turn.actor, Action.KEEP_WORDINGS):
        rows = (*rows, (Button(turn.t.plain("✏️ Texts and terms"), callbacks.Wordings()),))
    return rows


def listing(t: Translator, months: int, version: int, word: Markup | None = None) -> Screen:
    """The texts that are edited here, and how long requests are remembered."""
    term = Button(t.plain("🧹 Other term"), callbacks.SetRetention(version=version))
    buttons = [Button(t.plain(wording.NAMES[key]), callbacks.OpenWording(key=key)) for key in KEYS]
    return Screen(
        lines(
            word,
            t("🔒 <b>Texts on personal data</b>"),
            t("Each is written in Kazakh and in Russian at once. Former versions are kept."),
            t("Closed requests become anonymous after months: {n}", n=months),
        ),
        rows=(*column(buttons), (term,), nav.exits(t, callbacks.OpenPrivacy())),
    )


def one(turn: Turn, found: Wording, editions: Sequence[Edition], word: Markup | None) -> Screen:
    """A text in both languages, and who set which version of it."""
    t = turn.t
    edit = callbacks.EditWording(key=found.key, version=found.version)
    return Screen(
        lines(
            word,
            t("🔒 <b>{name}</b>", name=t.plain(wording.NAMES[found.key])),
            *_both({language: wording.text(found, language) for language in LANGUAGES}),
            "",
            *(_edition(turn, edition) for edition in editions[:3]),
            None if editions else t("These are the program's own words: nobody has set others."),
        ),
        rows=(
            (Button(t.plain("✏️ Write it anew"), edit),),
            nav.exits(t, callbacks.Wordings()),
        ),
    )


def _edition(turn: Turn, edition: Edition) -> Markup:
    t = turn.t
    day = dates.moment(t, edition.at.astimezone(turn.zone), turn.today)
    return t("Version {n}: {name}, {day}", n=edition.version, name=edition.by or "—", day=day)


def _both(texts: Mapping[str, str]) -> list[Markup]:
    return [
        lines(Markup("<b>{}</b>").format(name), texts[language])
        for language, name in (("kk", "Қазақша"), ("ru", "Русский"))
    ]


def typing(turn: Turn, language: str, mistake: Markup | None = None) -> Screen:
    """The text in one language is typed next."""
    t = turn.t
    back = None if language == LANGUAGES[0] else callbacks.WordingStep(step=LANGUAGES[0])
    return wizard.step(
        t,
        LANGUAGES.index(language) + 1,
        3,
        t(QUESTIONS[language]),
        hint=t("In one message, at most {n} characters.", n=LIMIT),
        mistake=mistake,
        back=back,
    )


def check(turn: Turn, key: str, version: int, texts: Mapping[str, str]) -> Screen:
    """What will be read by everybody, before it is."""
    t = turn.t
    warning = (
        t("Everybody will read this from now on:")
        if key == PRIVACY
        else t("Voters will be asked with these words from now on; former consents stay as given:")
    )
    save = callbacks.SaveWording(seal=seal(key, version, texts))
    return wizard.step(
        t,
        3,
        3,
        lines(warning, *_both(texts)),
        rows=((Button(t.plain("✅ Let it hold"), save),),),
        back=callbacks.WordingStep(step=LANGUAGES[1]),
    )


def months_step(t: Translator, months: int, mistake: Markup | None = None) -> Screen:
    """Another term is typed."""
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("After how many months does a closed request become anonymous?"),
            t("Now it is: {text}", text=months),
        ),
        hint=t("From {first} to {last}", first=LEAST, last=MOST),
        mistake=mistake,
        back=callbacks.Wordings(),
    )


def seal(key: str, version: int, texts: Mapping[str, str]) -> str:
    """What binds a button to the texts above it."""
    said = repr((key, version, *(texts.get(language) for language in LANGUAGES)))
    return hashlib.sha256(said.encode()).hexdigest()[:12]
