"""From a rendered bank to its notes: fields, tags, and exactly the cards each should have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import count
from unicodedata import normalize

from mcqdeck.identity import NOT_IN_TAGS, first_ids, guid
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import (
    Config,
    Entry,
    RenderedBank,
    RenderedChapter,
    RenderedOption,
    RenderedQuestion,
)
from mcqdeck.pack.deck_names import ChapterDecks, DeckNames
from mcqdeck.pack.notetype import FIELDS, FLASHCARD, MULTIPLE_CHOICE

_CONTROLS = bytes([*range(9), *range(11, 32), 127])
_PLAYER = pattern(r'<(audio|video)\b[^>]*? src="([^"]*)"></\1>')


@dataclass(frozen=True, slots=True)
class CardPlan:
    """A card that a note has: its template, its deck, its place among the new cards from 1."""

    ord: int
    deck: str
    due: int


@dataclass(frozen=True, slots=True)
class Note:
    """A note as learners get it, apart from the id and the time that a release gives it.

    `fields` are HTML in the note type's order; `tags` hold no spaces, each stands once.
    """

    guid: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    cards: tuple[CardPlan, ...]


_FLASHCARD = [field.name for field in FIELDS].index("Flashcard")


class NoteWriter:
    """Makes notes of a bank's questions, one by one."""

    def __init__(self, bank: RenderedBank, names: DeckNames) -> None:
        self._config, self._names = bank.config, names
        self._objectives = dict(bank.config.objectives)
        self._first = first_ids(dict(bank.config.renamed))

    def again(self, note: Note, chapter: RenderedChapter, due: int) -> Note:
        """A note of a chapter, known to be as it was; its new cards come at the place `due`."""
        decks = self._names.chapters[chapter.path]
        cards = _cards(decks, bool(note.fields[_FLASHCARD]), due)
        return note if note.cards == cards else replace(note, cards=cards)

    def note(self, question: RenderedQuestion, chapter: RenderedChapter, due: int) -> Note:
        """The note of a question of a chapter; its new cards come at the place `due`, from 1."""
        config, id_ = self._config, question.question.id
        decks = self._names.chapters[chapter.path]
        return Note(
            guid=guid(config.id, self._first.get(id_) or id_),
            fields=_fields(question, config, self._objectives),
            tags=_tags(question.question, config.id),
            cards=_cards(decks, _is_flashcard(question, config), due),
        )


def notes(
    rendered: RenderedBank, names: DeckNames, known: Mapping[str, Sequence[Note]]
) -> Iterator[Note]:
    """The notes of a bank in source order, which is also the order of their new cards.

    `known` has, by their paths, the chapters whose notes need not be made, but for their cards.
    """
    writer = NoteWriter(rendered, names)
    dues = count(1)
    for chapter in rendered.chapters:
        if chapter.path in known:
            for note in known[chapter.path]:
                yield writer.again(note, chapter, next(dues))
        else:
            for question in chapter.questions:
                yield writer.note(question, chapter, next(dues))


def _cards(decks: ChapterDecks, is_flashcard: bool, due: int) -> tuple[CardPlan, ...]:
    choice = CardPlan(MULTIPLE_CHOICE, decks.multiple_choice, due)
    return (choice, CardPlan(FLASHCARD, decks.flashcards, due)) if is_flashcard else (choice,)


def _is_flashcard(rendered: RenderedQuestion, config: Config) -> bool:
    return config.flashcards and rendered.question.has_flashcard


def _fields(
    rendered: RenderedQuestion, config: Config, objectives: Mapping[str, str]
) -> tuple[str, ...]:
    """All fields, empty ones as empty strings: to Anki even an empty paragraph is something."""
    right = [option for option in rendered.options if option.is_correct]
    heard = {name for html in (rendered.stem, *_htmls(rendered.options)) for name in _played(html)}
    filled = (
        rendered.question.id,
        rendered.stem,
        _options(rendered, len(right)),
        " ".join(option.letter for option in right),
        _correct(right),
        _rationales(rendered.options),
        _playing(rendered.explanation, heard),
        _playing(rendered.references, heard),
        "1" if _is_flashcard(rendered, config) else "",
        rendered.notice,
        _meta(rendered.question, objectives),
        _tags_to_play([rendered.stem]),
        _tags_to_play(_htmls(right)),
    )
    if _is_stored_as_it_is("".join(filled)):
        return (*filled, "")
    return (*map(_as_stored, filled), "")


def _htmls(options: Iterable[RenderedOption]) -> list[str]:
    return [option.html for option in options]


def _played(html: str) -> list[str]:
    """The names of the sounds and videos in a field."""
    return [name for _, name in _PLAYER.findall(html)] if "></" in html else []


def _tags_to_play(htmls: Iterable[str]) -> str:
    """Anki's tags for sounds and videos, which it plays by itself where they stand on a side."""
    return "".join(f"<span>[sound:{name}]</span>" for html in htmls for name in _played(html))


def _playing(html: str, heard: set[str]) -> str:
    """A field of the back in which Anki plays each sound and video by itself that is new there.

    It plays those of a side in their order, so no other field may have its tags: options and
    reasons stand in another order on screen, and what stood on the front would play once more.
    """

    def played(player: re.Match[str]) -> str:
        name = player[2]
        if name in heard:
            return player[0]
        heard.add(name)
        return f"[sound:{name}]"

    return _PLAYER.sub(played, html) if _played(html) else html


def _options(rendered: RenderedQuestion, choose: int) -> str:
    order = ' data-order="kept"' if rendered.question.keeps_order else ""
    number = f' data-choose="{choose}"' if choose > 1 else ""
    items = (
        f'<li data-option="{option.letter}"{_pinned(option)}>{option.html}</li>'
        for option in rendered.options
    )
    return f'<ol class="options"{order}{number}>{"".join(items)}</ol>'


def _pinned(option: RenderedOption) -> str:
    """Marks "all of the above" and its kin, which mean nothing anywhere but where they stand."""
    return ' data-pinned=""' if option.is_pinned else ""


def _correct(right: list[RenderedOption]) -> str:
    if len(right) == 1:
        return right[0].html
    return f'<ul class="correct">{"".join(f"<li>{option.html}</li>" for option in right)}</ul>'


def _rationales(options: tuple[RenderedOption, ...]) -> str:
    items = "".join(
        f'<li data-option="{option.letter}">{option.rationale}</li>'
        for option in options
        if option.rationale
    )
    return items and f'<ol class="options">{items}</ol>'


def _meta(question: Entry, objectives: Mapping[str, str]) -> str:
    objective, level = question.objective, question.level
    html = ""
    if objective:
        text = objectives.get(objective, "")
        code = f'<span class="code">{_literal(objective)}</span>'
        html = f'<span class="objective">{code}{text and f" {_literal(text)}"}</span>'
    return html + (f'<span class="level">{_literal(level)}</span>' if level else "")


def _literal(text: str) -> str:
    r"""Plain text as HTML in which Anki finds neither a sound nor, after a backslash, a formula."""
    html = escape(text, quote=False).replace("[", "&#91;")
    return html.replace("\\", "\\<span></span>")


def _tags(question: Entry, bank_id: str) -> tuple[str, ...]:
    """The author's tags and ours under the bank's id, sorted and told apart as Anki does.

    So a note that comes a second time does not differ from the one in the collection.
    """
    first: dict[str, str] = {}
    for tag in (*question.tags, *_own_tags(question, bank_id)):
        name = tag_name(tag)
        if name:
            first.setdefault(name.casefold(), name)
    return tuple(first[key] for key in sorted(first))


def _own_tags(question: Entry, bank_id: str) -> Iterator[str]:
    if question.objective:
        yield f"{bank_id}::objective::{question.objective}"
    if question.level:
        yield f"{bank_id}::level::{question.level}"
    if question.difficulty is not None:
        yield f"{bank_id}::difficulty::{question.difficulty}"
    if question.retired is not None:
        yield f"{bank_id}::retired"


@lru_cache(maxsize=4096)
def tag_name(text: str) -> str:
    """A tag as Anki would store it, with `-` for the spaces that would end it.

    Anki drops double quotes and control characters, composes accents, and calls an empty level
    `blank`, which we leave out
    (https://github.com/ankitects/anki/blob/main/rslib/src/tags/register.rs).
    """
    text = NOT_IN_TAGS.sub("", normalize("NFC", "-".join(text.split())))
    return "::".join(level for level in text.split("::") if level)


def _is_stored_as_it_is(html: str) -> bool:
    return html.isascii() and html.isprintable()


def _as_stored(html: str) -> str:
    """A field as Anki stores it: accents composed, no control characters but tab and newline.

    U+001F above all: it would end the field.
    """
    if _is_stored_as_it_is(html):
        return html
    code = html.encode()
    kept = code.translate(None, _CONTROLS)
    return normalize("NFC", html if len(kept) == len(code) else kept.decode())
