"""What stands once in a chapter and holds in all of it: link definitions and footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mcqdeck.exchange.item import Item, Text
from mcqdeck.markdown import parse

DEFINITION = re.compile(r" {0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(\S.*)")

_USE = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")
_BEGIN = re.compile(r" {0,3}\[((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(.*)")
_TARGET = re.compile(r"[ \t]*(?:<[^<>]*>|[^\s<]\S*)[ \t]*")
_TITLE = re.compile(r"""[ \t]*(?:"[^"]*"|'[^']*'|\([^()]*\))[ \t]*""")


@dataclass(frozen=True, slots=True)
class _Definition:
    """A definition of a link or a footnote."""

    start: int
    """Its first line, from 0."""

    end: int
    """The line after its last."""

    label: str
    """As it stands there; that of a footnote begins with `^`."""

    meaning: str
    """What stands after the colon."""

    @property
    def is_footnote(self) -> bool:
        return self.label.startswith("^")

    @property
    def text(self) -> str:
        return f"[{self.label}]: {self.meaning}"


def definitions_of(text: str) -> dict[str, str]:
    """The definitions of a text by label, as Markdown compares it; the first one wins."""
    targets: dict[str, str] = {}
    for definition in _definitions(text) if "]:" in text else ():
        targets.setdefault(_folded(definition.label), definition.text)
    return targets


def completed(text: str, known: Mapping[str, str]) -> str:
    """A text with those of the `known` definitions that it uses and does not have."""
    if not known or "[" not in text:
        return text
    own = definitions_of(text)
    used: set[str] = set()
    new = [text]
    while new:
        labels = {_folded(label) for label in _USE.findall(new.pop())} - used - own.keys()
        new += [known[label] for label in labels if label in known]
        used |= labels & known.keys()
    links = [known[label] for label in known if label in used and label[0] != "^"]
    notes = [known[label] for label in known if label in used and label[0] == "^"]
    return "\n\n".join(filter(None, (text, "\n".join(links), *notes)))


class Definitions:
    """Brings the definitions of texts together in a chapter, whose last lines are `lines`."""

    def __init__(self) -> None:
        self._meanings: dict[str, str] = {}
        self.lines: list[str] = []

    def take(self, item: Item) -> Item:
        """The item without its links' definitions, and without footnotes that the chapter has.

        A label that means something else in the chapter is renamed.
        """
        if not any("]:" in text.markdown for text in item.texts):
            return item
        return item.with_texts(self._text)

    def _text(self, text: Text) -> Text:
        if "]:" not in text.markdown:
            return text
        head, definitions = _parted(text.markdown)
        if not head.strip() or not definitions:
            return text
        notes: list[str] = []
        # Links come first: the meaning of a footnote may use them.
        for definition in sorted(definitions, key=lambda definition: definition.is_footnote):
            meaning = next(
                other.meaning for other in definitions if other.start == definition.start
            )
            name, is_new = self._name(definition.label, meaning)
            if is_new:
                (notes if definition.is_footnote else self.lines).append(f"[{name}]: {meaning}")
            if name != definition.label:
                head = _renamed(head, definition.label, name)
                definitions = [
                    replace(other, meaning=_renamed(other.meaning, definition.label, name))
                    if other.is_footnote
                    else other
                    for other in definitions
                ]
        return Text("\n\n".join((head, *notes)))

    def _name(self, label: str, meaning: str) -> tuple[str, bool]:
        """The label of a meaning, a new one if another has it; and whether that defines it."""
        name, number = label, 1
        while (known := self._meanings.get(_folded(name), meaning)) != meaning:
            number += 1
            name = f"{label}-{number}"
        is_new = _folded(name) not in self._meanings
        self._meanings[_folded(name)] = known
        return name, is_new


def _folded(label: str) -> str:
    """A label as Markdown compares it."""
    return " ".join(label.split()).casefold()


def _parted(text: str) -> tuple[str, list[_Definition]]:
    """A text without the definitions at its end, and those."""
    text = text.rstrip()
    lines = text.split("\n")
    end, definitions = len(lines), []
    for definition in reversed(_definitions(text)):
        if any(line.strip() for line in lines[definition.end : end]):
            break
        end = definition.start
        definitions.append(definition)
    return "\n".join(lines[:end]).rstrip(), definitions[::-1]


def _definitions(text: str) -> list[_Definition]:
    """The definitions of a text in their order, the first of each label."""
    document = parse(text)
    lines = document.lines
    definitions = [_link(lines, definition.row) for definition in document.definitions.values()]
    definitions += [
        _footnote(lines, footnote.start, footnote.end) for footnote in document.footnotes.values()
    ]
    return sorted(
        (definition for definition in definitions if definition),
        key=lambda definition: definition.start,
    )


def _link(lines: Sequence[str], start: int) -> _Definition | None:
    """The link definition that begins at a line; its address and title may stand below.

    None where it stands in a list or a quote.
    """
    begin = _BEGIN.match(lines[start])
    if not begin:
        return None
    rest, at = begin[2].strip(), start + 1
    if not rest and at < len(lines):
        rest, at = lines[at].strip(), at + 1
    target = _TARGET.match(rest)
    if not target:
        return None
    title = rest[target.end() :]
    if title and not _TITLE.fullmatch(title):
        return None
    if not title and at < len(lines) and _TITLE.fullmatch(lines[at]):
        rest, at = f"{rest} {lines[at].strip()}", at + 1
    return _Definition(start, at, begin[1], rest)


def _footnote(lines: Sequence[str], start: int, end: int) -> _Definition | None:
    begin = _BEGIN.match(lines[start])
    meaning = "\n".join((begin[2].strip(), *lines[start + 1 : end])) if begin else ""
    return _Definition(start, end, begin[1], meaning) if begin else None


def _renamed(text: str, label: str, name: str) -> str:
    """A text whose links, or footnotes, of a label have another."""
    if label.startswith("^"):
        return text.replace(f"[{label}]", f"[{name}]")
    text = text.replace(f"][{label}]", f"][{name}]")
    return _alone(label).sub(lambda match: f"[{match[1]}][{name}]", text)


def _alone(label: str) -> re.Pattern[str]:
    """A link that is written as its label alone, or with empty brackets behind that."""
    return re.compile(rf"(?<![\]\\])\[({re.escape(label)})\](?:\[\])?(?![\[(:])")
