"""Our own cards: the fields of a note are a question, and nothing of them is lost on the way back.

What a package does not hold cannot come back: the bank's authors and licence, remarks in the
source, and ids of before a renaming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape

from mcqdeck.exchange.anki.collection import Collection, Note
from mcqdeck.exchange.anki.fields import Fields
from mcqdeck.exchange.item import NOTHING, Item, Kind, LeftOut, Option, Text
from mcqdeck.identity import SLUG, bank_id_in, guid
from mcqdeck.markdown.raw_html import ANY_TAG
from mcqdeck.model import LEVELS, Config, Place
from mcqdeck.stock_options import are_true_and_false

_FIELDS = frozenset({"ID", "Stem", "Options", "Answer", "Rationales", "Explanation", "References"})
_ENTRY = re.compile(r'<li data-option="([a-z]+)"(?: data-pinned="")?>')
_OBJECTIVE = re.compile(r'<span class="objective"><span class="code">(.*?)</span>(.*?)</span>')
_NOTICE = re.compile(r"<p>Retired: (.*)</p>", re.DOTALL)
_LANGUAGE = re.compile(r'<div class="stem"[^>]*\blang="([A-Za-z0-9-]+)"')
_REPORT = re.compile(r'\{\{ID\}\}</bdi>\s*·\s*<a href="([^"]*)">')
_FLASHCARDS = "Flashcards"


def is_ours(note: Note) -> bool:
    """Whether a note is one of our cards."""
    return (
        bank_id_in(note.kind.name) is not None
        and note.kind.fields[:1] == ("ID",)
        and {*note.kind.fields} >= _FIELDS
    )


def bank_of(note: Note) -> str:
    """The id of the bank that a note is of."""
    return bank_id_in(note.kind.name) or ""


def item(note: Note, where: Place, fields: Fields) -> Item | LeftOut:
    """The question of a note."""
    bank = bank_of(note)
    fields.of_bank(bank)
    get = note.fields.get
    identity = get("ID", "")
    options = list(_entries(get("Options", "")))
    if not options:
        return LeftOut(where, Kind.DAMAGED, identity, "its options cannot be read")
    right = get("Answer", "").split()
    rationales = dict(_entries(get("Rationales", "")))
    texts = [fields.ours(html) for _, html in options]
    meta = _OBJECTIVE.search(get("Meta", ""))
    made = Item(
        where=where,
        stem=fields.ours(get("Stem", "")),
        options=tuple(
            Option(text, letter in right, fields.ours(rationales.get(letter, "")))
            for text, (letter, _) in zip(texts, options, strict=True)
        ),
        explanation=fields.ours(get("Explanation", "")),
        references=fields.ours(get("References", "")),
        id=identity if SLUG.fullmatch(identity) else "",
        category=_category(note.deck),
        objective=unescape(_bare(meta[1])) if meta else "",
        keeps_order='data-order="kept"' in get("Options", "")[:60],
        has_flashcard=bool(get("Flashcard", "")),
        retired=_retired(get("Notice", ""), fields),
        is_true_false=are_true_and_false([text.markdown for text in texts]),
    )
    return _tagged(made, note.tags, bank)


def _entries(html: str) -> Iterator[tuple[str, str]]:
    """The letters and the HTML of a list of options; the sign of one cannot stand in another."""
    pieces = _ENTRY.split(html.removesuffix("</ol>"))
    for letter, content in zip(pieces[1::2], pieces[2::2], strict=True):
        yield letter, content.removesuffix("</li>")


def _bare(html: str) -> str:
    return ANY_TAG.sub("", html)


def _retired(notice: str, fields: Fields) -> str:
    match = _NOTICE.fullmatch(notice)
    return fields.ours(match[1]).markdown if match else ""


def _category(deck: Sequence[str]) -> tuple[str, ...]:
    """The chapter of a deck: what is below the bank's, its branch of flashcards aside."""
    levels = tuple(deck[1:])
    return levels[1:] if len(levels) > 1 and levels[0] == _FLASHCARDS else levels


def _tagged(made: Item, tags: Sequence[str], bank: str) -> Item:
    """The item with the author's tags, and what ours say."""
    kept = []
    for tag in tags:
        if not tag.startswith(f"{bank}::"):
            kept.append(tag)
            continue
        key, _, value = tag.removeprefix(f"{bank}::").partition("::")
        if key == "level" and value:
            made = replace(made, level=value)
        elif key == "objective" and value and not made.objective:
            made = replace(made, objective=value)
        elif key == "difficulty" and value in {*"12345"}:
            made = replace(made, difficulty=int(value))
        elif key not in {"level", "objective", "difficulty", "retired"}:
            kept.append(tag)
    return replace(made, tags=tuple(kept))


def config(collection: Collection, notes: Sequence[Note], items: Sequence[Item]) -> Config:
    """What the package says of the bank."""
    first = notes[0]
    title = first.deck[0] if first.deck else bank_of(first)
    language = _LANGUAGE.search(first.kind.front)
    objectives: dict[str, str] = {}
    for note in notes:
        if match := _OBJECTIVE.search(note.fields.get("Meta", "")):
            name, words = unescape(_bare(match[1])), unescape(_bare(match[2])).strip()
            if words:
                objectives.setdefault(name, words)
    used = dict.fromkeys(item.level for item in items if item.level)
    return Config(
        path="",
        id=collection.bank or bank_of(first),
        title=title,
        description=collection.descriptions.get(tuple(first.deck[:1]), ""),
        language=language[1] if language else "en",
        flashcards=any(item.has_flashcard for item in items),
        answer_on_choice="flips: 1" in first.kind.front,
        strike_out="strikes: 1" in first.kind.front,
        timer="times: 1" in first.kind.front + first.kind.back,
        show_id="{{ID}}</bdi>" in first.kind.back,
        report=_report(first.kind.back),
        objectives=_complete(objectives, items),
        levels=LEVELS if set(used) <= set(LEVELS) else tuple(used),
    )


def _report(back: str) -> str:
    """The address to which a card's back leads who finds a mistake."""
    match = _REPORT.search(back)
    return "{id}".join(unescape(match[1]).split("{{ID}}")) if match else ""


def _complete(objectives: Mapping[str, str], items: Sequence[Item]) -> tuple[tuple[str, str], ...]:
    """The objectives with their texts; none where one has none, for then there was no list."""
    names = dict.fromkeys(item.objective for item in items if item.objective)
    return (
        tuple((name, objectives[name]) for name in names) if set(names) <= set(objectives) else ()
    )


def renamed(notes: Sequence[Note], items: Sequence[Item], bank: str) -> int:
    """How many notes were published under another id than theirs, which no package tells."""
    return sum(note.guid != guid(bank, item.id) for note, item in zip(notes, items, strict=True))


__all__ = ["NOTHING", "Text", "bank_of", "config", "is_ours", "item", "renamed"]
