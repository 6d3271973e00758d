"""Who judges what is reported or asked about a request: never whom it concerns, if another can."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection

from storage import people
from storage.requests.record import VoterRequest
from storage.rules.access import Actor, Role


def is_free(
    tx: Connection,
    actor: Actor,
    request: VoterRequest,
    concerned: Collection[int | None],
    today: date,
) -> bool:
    """Whether ``actor`` may judge: is not ``concerned``, or nobody else could judge it."""
    if actor.person_id not in concerned:
        return True
    return not any(_others(tx, request, concerned, today))


def whom_to_ask(
    tx: Connection, request: VoterRequest, concerned: Collection[int | None], today: date
) -> list[int]:
    """The branch's secretaries but for the ``concerned``, else those of the region."""
    return next((group for group in _others(tx, request, concerned, today) if group), [])


def region(tx: Connection, concerned: Collection[int | None], today: date) -> list[int]:
    """The secretaries of the region but for the ``concerned``."""
    held = people.holders(tx, Role.REGIONAL_SECRETARY, None, today)
    return list(dict.fromkeys(one.id for one in held if one.id not in concerned))


def _others(
    tx: Connection, request: VoterRequest, concerned: Collection[int | None], today: date
) -> list[list[int]]:
    branch = people.holders(tx, Role.BRANCH_SECRETARY, request.branch_id, today)
    own = list(dict.fromkeys(one.id for one in branch if one.id not in concerned))
    return [own, region(tx, concerned, today)]
