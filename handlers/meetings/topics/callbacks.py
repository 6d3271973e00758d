"""What the buttons of topics carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Id, IdOrNone, Page, Version


class ProposeTopic(CallbackData, prefix="tp"):
    """Propose a topic: first for which body."""


class TopicFor(CallbackData, prefix="tpb"):
    """For this one."""

    branch: Id
    body: str


class OwnTopics(CallbackData, prefix="tpm"):
    """The topics that one has proposed."""

    page: Page = 0


class Topics(CallbackData, prefix="tpl"):
    """The topics that wait for a decision; only those for the body of ``meeting`` with one."""

    meeting: IdOrNone = 0
    page: Page = 0


class OpenTopic(CallbackData, prefix="tpo"):
    """To one of them."""

    id: Id


class AcceptTopic(CallbackData, prefix="tpa"):
    """Put it on the agenda of a meeting."""

    id: Id
    version: Version
    meeting: Id


class DeclineTopic(CallbackData, prefix="tpd"):
    """Decline it: the word is typed next."""

    id: Id
