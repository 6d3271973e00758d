"""Sealed texts are found by their words: forms meet, and what only looks alike is told apart."""

import pytest
from sqlalchemy import Connection, select

from storage import requests
from storage.database import Database
from storage.privacy import keys, words
from storage.privacy.words import NAME, WORD, answers, hashes, sought
from storage.requests import Contact, RequestDraft, closing
from storage.rules.categories import Category
from storage.tables import request_words
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, build, settle

TEXT = "Жылға ауылындағы мектептің төбесінен су ағады, №12 үй"


def found(query: str, text: str) -> bool:
    """As a search does it: the hashes first, then the opened text."""
    held = hashes(text)
    by_hash = all(numbers & held for numbers in sought(query))
    assert by_hash or not answers(query, text), "whatever answers is found by its hashes"
    return by_hash and answers(query, text)


@pytest.mark.parametrize(
    "query",
    ["мектеп", "мектептер", "МЕКТЕПТІҢ", "ауыл", "ауылда", "төбе су", "12", "жылга", "мект"],
)
def test_forms_and_beginnings_of_its_words_find_a_text(query: str) -> None:
    assert found(query, TEXT)


@pytest.mark.parametrize("query", ["аурухана", "мектеп жол", "121", "1", "сугару", "мектебi жок"])
def test_another_word_does_not(query: str) -> None:
    assert not found(query, TEXT)


@pytest.mark.parametrize(("query", "text"), [("дорога", "на дороге яма"), ("школы", "в школе")])
def test_russian_too(query: str, text: str) -> None:
    assert found(query, text)


def test_a_name_is_no_word_of_the_text() -> None:
    (of_name,) = sought("Асанова", [NAME])
    assert of_name & hashes("Асанова Гүлнар", NAME)
    assert not of_name & hashes("Асанова Гүлнар", WORD)
    (of_both,) = sought("Асанова", [NAME, WORD])
    assert of_both & hashes("Асанова келді", WORD)


def test_another_key_gives_other_hashes() -> None:
    before = hashes(TEXT)
    keys.use(keys.Ring.new())
    assert not before & hashes(TEXT)


def test_a_query_without_words_seeks_nothing() -> None:
    assert sought("!!! 💡") == []


async def test_the_name_finds_a_request_until_it_is_closed(database: Database) -> None:
    """With the name goes what finds it; the text is found on."""

    def held(tx: Connection) -> tuple[bool, bool]:
        numbers = set(tx.execute(select(request_words.c.word)).scalars())
        return bool(hashes("Асанова", NAME) & numbers), bool(hashes("мектеп") & numbers)

    def life(tx: Connection) -> list[tuple[bool, bool]]:
        world = build(tx)
        deputy = world.aigul
        request = requests.register(tx, deputy, RequestDraft(TEXT, Category.ROADS), NOW, ZONE)
        seen = [held(tx)]
        contact = Contact("+77011234567", "Асанова Гүлнар", "1", NOW)
        request = requests.set_contact(tx, deputy, request.id, request.version, contact, NOW)
        seen.append(held(tx))
        request = requests.complete(tx, deputy, request.id, request.version, NOW, place="Жылға")
        seen.append(held(tx))
        request = settle(tx, deputy, request)
        seen.append(held(tx))
        secretary = world.dana
        closing.accept(tx, secretary, request.id, request.version, NOW, TODAY)
        seen.append(held(tx))
        return seen

    there = await database.write(life)
    assert there == [(False, True), (True, True), (True, True), (True, True), (False, True)]


async def test_words_are_written_anew_not_added(database: Database) -> None:

    def twice(tx: Connection) -> tuple[set[int], set[int]]:
        draft = RequestDraft("мектеп", Category.ROADS)
        request = requests.register(tx, build(tx).aigul, draft, NOW, ZONE)
        words.write(tx, request_words, "request_id", request.id, hashes("жол"))
        return set(tx.execute(select(request_words.c.word)).scalars()), hashes("жол")

    written, expected = await database.write(twice)
    assert written == expected
