"""What the buttons of templates carry."""

from aiogram.filters.callback_data import CallbackData

from handlers.ui.numbers import Count, Id


class Templates(CallbackData, prefix="bctpl"):
    """The templates to begin from, at a page."""

    page: Count = 0


class Former(CallbackData, prefix="bcformer"):
    """Former broadcasts of the branch to begin from, at a page."""

    page: Count = 0


class BeginFrom(CallbackData, prefix="bcbegin"):
    """A new draft that says what a template, or a former broadcast, says."""

    id: Id


class SaveTemplate(CallbackData, prefix="bctplsave"):
    """Save a broadcast as a template of its branch."""

    id: Id


class KeptTemplates(CallbackData, prefix="bctplkept"):
    """The templates to delete, at a page."""

    page: Count = 0


class AskDropTemplate(CallbackData, prefix="bctplask"):
    """Before a template is deleted."""

    id: Id


class DropTemplate(CallbackData, prefix="bctpldrop"):
    """Delete a template."""

    id: Id
