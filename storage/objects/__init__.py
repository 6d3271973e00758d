"""Objects under party control: taken by a proposal of the Bureau, visited, taken off again."""

from storage.objects.keeping import FIELDS, NewObject, change, remove, take
from storage.objects.reading import (
    get,
    history,
    listed,
    manages,
    narrowed,
    photos,
    visit,
    visits,
)
from storage.objects.rows import SUBJECT, ControlledObject, Entry, Photo, Visit
from storage.objects.visiting import NewVisit, add_visit, follow_up

__all__ = [
    "FIELDS",
    "SUBJECT",
    "ControlledObject",
    "Entry",
    "NewObject",
    "NewVisit",
    "Photo",
    "Visit",
    "add_visit",
    "change",
    "follow_up",
    "get",
    "history",
    "listed",
    "manages",
    "narrowed",
    "photos",
    "remove",
    "take",
    "visit",
    "visits",
]
