"""What was proposed, instructed and asked, with who said it and of which place."""

from collections.abc import Iterator

from storage.rules.releases import proposals_kk, proposals_ru, words_kk, words_ru
from storage.rules.releases.clauses import Clause
from storage.rules.releases.findings import Proposal
from storage.rules.releases.people import People
from storage.rules.releases.places import places
from storage.rules.releases.sentences import Sentence

SHORTEST = 8  # letters: less says nothing of what is to be done


def proposals(sentence: Sentence, people: People, item: int | None) -> Iterator[Proposal]:
    """The proposals of ``sentence``, an enumeration taken apart."""
    read = proposals_kk.clauses if sentence.kazakh else proposals_ru.clauses
    for clause in read(sentence, people):
        authors = _authors(sentence, people, clause)
        for text in clause.texts:
            if len(text) >= SHORTEST:
                yield Proposal(clause.kind, text, authors, places(text), item, sentence.source)


def _authors(sentence: Sentence, people: People, clause: Clause) -> tuple[str, ...]:
    """Those named as the subject of the clause; else the body that speaks; else nobody."""
    named = [who for who in people.named(sentence) if not who.mention.cased]
    ends = [(sentence.words[who.mention.last - 1].end, who.person) for who in named]
    if clause.said_by is not None:  # «предложил депутат …»: the name stands behind the verb
        inside = [person for end, person in ends if clause.said_by[0] <= end <= clause.said_by[1]]
    else:
        inside = [person for end, person in ends if end <= clause.end]
    if not inside and sentence.kazakh:  # «…, – деді комиссия мүшесі …»
        said = sentence.lower.find("деді", clause.end)
        inside = [person for end, person in ends if said >= 0 and end > said][:1]
    if inside:
        return tuple(dict.fromkeys(people.all[person].name for person in inside))
    unnamed = proposals_kk.unnamed if sentence.kazakh else proposals_ru.unnamed
    if post := unnamed(sentence, clause.end):
        return (sentence.text[:post].strip(),)
    words = words_kk if sentence.kazakh else words_ru
    before = sentence.lower[: clause.end]
    bodies = [body for body in words.COLLECTIVES if body in before]
    return tuple(bodies[:1])
