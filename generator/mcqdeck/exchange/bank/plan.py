"""What an import would do to a bank: which questions are new, and the files that hold them.

A bank is only ever added to. A question that it has already, word for word, under the same name, or
reworded since it came in, stays as the bank has it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from rapidfuzz import fuzz

from mcqdeck.exchange.bank import chapter as writing
from mcqdeck.exchange.bank.fragment import fitted_item
from mcqdeck.exchange.bank.names import chapter_title, digest, is_generic, slug
from mcqdeck.exchange.bank.settings import deck_toml
from mcqdeck.exchange.bank.true_false import in_language
from mcqdeck.exchange.item import Attachment, Contents, Item, LeftOut, Option, Text
from mcqdeck.identity import SLUG
from mcqdeck.model import Bank, Config, Question

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_REWORDED = 85  # per cent of likeness from which a question is the same one in other words
_NUMBER_BEFORE_WORD = re.compile(r"^\d+-(?=[a-z])")
_NUMBERED = re.compile(r"\d+")


class Fate(Enum):
    """What becomes of an item."""

    NEW = "new"
    SAME = "in the bank already"
    CHANGED = "in the bank already, in other words"
    TWICE = "comes twice"


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one item."""

    item: Item

    fate: Fate

    id: str
    """Its id in the bank."""

    path: str = ""
    """The file that holds it, if it is new."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would write, and what becomes of each question."""

    entries: tuple[Entry, ...]
    """In the order of the source."""

    left_out: tuple[LeftOut, ...]

    files: Mapping[str, bytes]
    """What would be written, by path in the bank's folder."""

    remarks: tuple[str, ...] = ()
    """What was not kept, once a kind."""

    @property
    def new(self) -> tuple[Entry, ...]:
        """The questions that come in."""
        return tuple(entry for entry in self.entries if entry.fate is Fate.NEW)

    @property
    def count(self) -> int:
        """How many questions the sources have, whatever becomes of them."""
        return len(self.entries) + len(self.left_out)


@dataclass(frozen=True, slots=True)
class Target:
    """The bank that is added to: as read, or none if it is new, and the bytes of its other files.

    `config` is what a new one is made with.
    """

    config: Config
    bank: Bank | None = None
    media: Mapping[str, bytes] | None = None


def plan(sources: Sequence[Contents], target: Target, *, chapter: str | None = None) -> Plan:
    """Plans to add the items of all sources; with `chapter` they come into one of that title."""
    language = target.config.language
    sources = [source if source.config else in_language(source, language) for source in sources]
    contents = [_with_files_apart(source, target.media or {}) for source in _merged(sources)]
    planner = _Planner(target.bank)
    entries = [planner.entry(item) for content in contents for item in content.items]
    entries, bare = _without_clashing_fronts(entries, target)
    placed, files = _placed(entries, target, chapter)
    named = {path for content in contents for item in content.items for path in _paths(item)}
    named |= {path for content in contents for path in _of_style(content)}
    for content in contents:
        for file in content.files:
            if file.path in named and file.path not in (target.media or {}):
                files[file.path] = file.data
    unused = sum(file.path not in named for content in contents for file in content.files)
    remarks = [remark for content in contents for remark in content.remarks]
    remarks += [remark for entry in entries for remark in entry.item.remarks]
    if bare:
        remarks.append(f"questions that share their stem with another get no flashcard: {bare}")
    if unused:
        remarks.append(f"files that no question names are left out: {unused}")
    if not any(entry.fate is Fate.NEW for entry in entries):
        files = {}
    elif target.bank is None:
        files["deck.toml"] = deck_toml(target.config).encode()
        style = next((content.style for content in contents if content.style), "")
        if style:
            files["style.css"] = style.encode()
    return Plan(
        tuple(placed),
        tuple(left for content in contents for left in content.left_out),
        files,
        tuple(dict.fromkeys(remarks)),
    )


def _without_clashing_fronts(entries: Sequence[Entry], target: Target) -> tuple[list[Entry], int]:
    """The entries, and of how many the flashcard is taken: "Which is true?" is no front of two."""
    alike: dict[str, list[tuple[bool, frozenset[str]]]] = {}
    for question in target.bank.questions if target.bank else ():
        options = frozenset(_folded(option.text.text) for option in question.options)
        fronts = alike.setdefault(_front(question.stem.text), [])
        fronts.append((question.has_flashcard, options))
    new = [entry.item for entry in entries if entry.fate is Fate.NEW]
    for item in new:
        options = frozenset(_folded(option.text.markdown) for option in item.options)
        alike.setdefault(_front(item.stem.markdown), []).append((item.has_flashcard, options))
    clashing = {
        stem for stem, alike_entries in alike.items() if _are_only_alike_in_front(alike_entries)
    }
    kept = [
        replace(entry, item=replace(entry.item, has_flashcard=False))
        if entry.fate is Fate.NEW and _front(entry.item.stem.markdown) in clashing
        else entry
        for entry in entries
    ]
    return kept, sum(_front(item.stem.markdown) in clashing for item in new)


def _are_only_alike_in_front(questions: Sequence[tuple[bool, frozenset[str]]]) -> bool:
    """Whether two of them have flashcards, and none an option of another."""
    options = [options for _, options in questions]
    is_apart = len(frozenset().union(*options)) == sum(map(len, options))
    return is_apart and sum(has_flashcard for has_flashcard, _ in questions) > 1


def _front(stem: str) -> str:
    """A stem without what two of them may differ in that ask the same."""
    return _folded(stem).replace("*", "").rstrip(":.?!…").casefold()


def _of_style(contents: Contents) -> Iterator[str]:
    """The paths of the files that belong to a bank's style."""
    if contents.style:
        sheets = {file.path: file.data for file in contents.files if file.path.endswith(".css")}
        text = "\n".join((contents.style, *(s.decode("utf-8", "replace") for s in sheets.values())))
        for file in contents.files:
            if file.path in sheets or PurePosixPath(file.path).name in text:
                yield file.path


class _Planner:
    """Gives one item after another its id and its fate."""

    def __init__(self, bank: Bank | None) -> None:
        self._ids: dict[str, str] = {}  # an id and the words under it, of the bank and of the new
        self._seen: dict[str, tuple[Fate, str]] = {}
        self._new: set[str] = set()
        if bank is None:
            return
        for question in bank.questions:
            key = _key_of_question(question)
            self._ids.setdefault(question.id, key)
            self._seen.setdefault(key, (Fate.SAME, question.id))
        for name in (*dict(bank.config.dropped), *dict(bank.config.renamed).values()):
            self._ids.setdefault(name, "")

    def entry(self, item: Item) -> Entry:
        """The item's fate, with its texts as parts of a question."""
        item = fitted_item(item)
        key = _key(item.stem.markdown, item.options)
        if key in self._seen:
            fate, known = self._seen[key]
            return Entry(item, fate, known)
        for number, name in enumerate(_candidates(item, key)):
            if name not in self._ids:
                self._ids[name] = key
                self._new.add(name)
                self._seen[key] = (Fate.TWICE, name)
                named = item if item.id == name else replace(item, id=name)
                return Entry(named, Fate.NEW, name)
            is_meant = number == 0 and name not in self._new
            if is_meant and (item.id or fuzz.ratio(key, self._ids[name]) >= _REWORDED):
                return Entry(item, Fate.CHANGED, name)
        raise AssertionError("the last candidate is never taken")


def _candidates(item: Item, key: str) -> Iterator[str]:
    """The ids that an item may have, the best first; each depends on nothing but the item."""
    base = item.id if SLUG.fullmatch(item.id) else ""
    if not base and not is_generic(item.name):
        base = slug(item.name)
    if not base:
        base = slug(writing.words_of(item.stem, most=200))
    if base and not base.replace("-", "").isdigit():
        yield base
    base = base or "question"
    for length in range(6, 64):
        yield f"{base}-{digest(key, length=length)}"


def _key_of_question(question: Question) -> str:
    options = tuple(
        Option(Text(option.text.text), option.is_correct) for option in question.options
    )
    return _key(question.stem.text, options)


def _key(stem: str, options: Iterable[Option]) -> str:
    """What two questions that are the same have in common, whatever the order of their options."""
    marked = sorted(f"{option.is_correct:d}{_folded(option.text.markdown)}" for option in options)
    return "\x1f".join((_folded(stem), *marked))


def _folded(text: str) -> str:
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    return "".join(text.replace("\\", " ").split())


def _placed(
    entries: Sequence[Entry], target: Target, chapter: str | None
) -> tuple[list[Entry], dict[str, bytes]]:
    """The entries with the files that hold them, and those files."""
    titles = _titles(entries, target.config.title, chapter)
    groups: dict[str, list[Item]] = {}
    for entry, title in zip(entries, titles, strict=True):
        if entry.fate is Fate.NEW:
            groups.setdefault(title, []).append(entry.item)
    paths = dict(zip(groups, _chapter_files(list(groups), target.bank), strict=True))
    files = {
        paths[title]: writing.chapter(title, items).encode() for title, items in groups.items()
    }
    placed = [
        Entry(entry.item, entry.fate, entry.id, paths[title]) if entry.fate is Fate.NEW else entry
        for entry, title in zip(entries, titles, strict=True)
    ]
    return placed, files


def _titles(entries: Sequence[Entry], bank: str, chapter: str | None) -> list[str]:
    """The chapter's title of each entry: what its category has that not all have."""
    if chapter is not None:
        return [chapter] * len(entries)
    categories = [entry.item.category for entry in entries]
    shared = _shared_levels({category for category in categories if category})
    return [chapter_title(category[shared:]) or bank for category in categories]


def _shared_levels(categories: set[tuple[str, ...]]) -> int:
    """How many levels all categories begin with; each keeps its last."""
    if not categories:
        return 0
    shared = 0
    for levels in zip(*categories, strict=False):
        if len(set(levels)) > 1:
            break
        shared += 1
    return min(shared, min(map(len, categories)) - 1)


def _chapter_files(titles: Sequence[str], bank: Bank | None) -> list[str]:
    """A new file for each chapter, after those that are there, in the order of the titles."""
    taken = (
        {PurePosixPath(chapter.path).name.casefold() for chapter in bank.chapters}
        if bank
        else set()
    )
    slugs = [slug(title) or "chapter" for title in titles]
    if not taken and slugs == sorted(set(slugs)) and all(words[0].isdigit() for words in slugs):
        return [f"{words}.md" for words in slugs]
    numbers = [int(match[0]) for name in taken if (match := _NUMBERED.match(name))]
    first = max(numbers, default=len(taken)) + 1
    width = max(2, len(str(first + len(titles) - 1)))
    files = []
    for number, words in enumerate(slugs, start=first):
        bare = _NUMBER_BEFORE_WORD.sub("", words)
        files.append(f"{number:0{width}}-{bare}.md")
    return files


def _merged(sources: Sequence[Contents]) -> Iterator[Contents]:
    """The sources, with names of files that no two of them share unless the bytes are the same."""
    known: dict[str, bytes] = {}
    for contents in sources:
        source = _with_files_apart(contents, known)
        known.update((file.path, file.data) for file in source.files)
        yield source


def _with_files_apart(contents: Contents, known: Mapping[str, bytes]) -> Contents:
    """The contents with another name for each file whose own is taken by another file."""
    changes: dict[str, str] = {}
    files = []
    for file in contents.files:
        path = file.path
        if known.get(path, file.data) != file.data:
            pure = PurePosixPath(path)
            tail = hashlib.sha256(file.data).hexdigest()[:8]
            path = pure.with_name(f"{pure.stem}-{tail}{pure.suffix}").as_posix()
            changes[file.path] = path
        files.append(Attachment(path, file.data))
    if not changes:
        return contents
    changed = _naming(*(name for path in changes for name in (path, quote(path))))

    def moved(text: Text) -> Text:
        return Text(changed.sub(lambda match: changes[unquote(match[0])], text.markdown))

    items = tuple(item.with_texts(moved) for item in contents.items)
    return replace(contents, files=tuple(files), items=items)


def _naming(*paths: str) -> re.Pattern[str]:
    """One of some paths where a text names it, and not a longer one."""
    names = "|".join(map(re.escape, paths))
    return re.compile(rf"(?<![\w./-])(?:{names})(?![\w.-])")


_TARGET = re.compile(r"""\]\(\s*(?:<([^<>\n]+)>|([^\s()<>]+))|(?:src|href)="([^"]+)\"""")


def _paths(item: Item) -> Iterator[str]:
    """The paths that an item's texts name."""
    for text in item.texts:
        if "](" in text.markdown or "src=" in text.markdown:
            for match in _TARGET.finditer(text.markdown):
                path = match[1] or match[2] or match[3]
                yield path
                yield unquote(path)
