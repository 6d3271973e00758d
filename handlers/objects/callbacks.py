"""What the buttons of the objects under control carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id, IdOrNone, Page, Version


class Objects(CallbackData, prefix="oblist"):
    """A page of the objects one sees."""

    page: Page = 0


class OpenObject(CallbackData, prefix="obopen"):
    """To one object."""

    id: Id


class ObjectHistory(CallbackData, prefix="obhist"):
    """To what happened to it."""

    id: Id


class ObjectPhotos(CallbackData, prefix="obphoto"):
    """Its pictures over time."""

    id: Id


class Visits(CallbackData, prefix="obvis"):
    """A page of the visits to it."""

    id: Id
    page: Page = 0


class OpenVisit(CallbackData, prefix="obvopen"):
    """To one visit."""

    id: Id


class VisitPhotos(CallbackData, prefix="obvph"):
    """The pictures of one visit."""

    id: Id


class StartVisit(CallbackData, prefix="obvnew"):
    """Note a visit."""

    id: Id


class VisitDay(CallbackData, prefix="obvday"):
    """It was so many days ago."""

    ago: Page


class NextStep(CallbackData, prefix="obvnext"):
    """Leave this step out, or be done with it."""

    step: str


class FollowUp(CallbackData, prefix="obfol"):
    """Note how the recommendation was followed."""

    id: Id
    version: Version


class TakeObject(CallbackData, prefix="obtake"):
    """By which proposal an object is taken under control: a page of them."""

    page: Page = 0


class TakeBy(CallbackData, prefix="obby"):
    """By this proposal, in this branch or (0) in one to choose; its words come next."""

    proposal: Id
    branch: IdOrNone = 0


class SnoozeVisit(CallbackData, prefix="oblater"):
    """Put the reminder of a recommendation off; by how many days is chosen next (0)."""

    id: Id
    days: Count = 0


class KeepObject(CallbackData, prefix="obkeep"):
    """What can be changed of it."""

    id: Id


class EditObject(CallbackData, prefix="obedit"):
    """Another value of one field comes next."""

    id: Id
    version: Version
    field: str
    page: Page = 0


class ObjectCurator(CallbackData, prefix="obcur"):
    """Who its curator is."""

    id: Id
    version: Version
    person: Id


class RemoveObject(CallbackData, prefix="obrem"):
    """Take it off control: the decision is typed next."""

    id: Id
    version: Version
