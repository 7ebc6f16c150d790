"""Link definitions (`[label]: address`), which in a chapter hold for all of its questions."""

from __future__ import annotations

import re
from dataclasses import replace

from mcqdeck.exchange.item import Item, Text

DEFINITION = re.compile(r" {0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*(\S.*)")


class Definitions:
    """Takes definitions off the ends of texts; `lines` are those of the chapter."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}
        self.lines: list[str] = []

    def take(self, item: Item) -> Item:
        """The item without its definitions; a label that means something else here is renamed."""
        texts = [item.stem, item.explanation, item.references]
        texts += [each for option in item.options for each in (option.text, option.rationale)]
        if not any("]:" in text.markdown for text in texts):
            return item
        return replace(
            item,
            stem=self._text(item.stem),
            options=tuple(
                replace(each, text=self._text(each.text), rationale=self._text(each.rationale))
                for each in item.options
            ),
            explanation=self._text(item.explanation),
            references=self._text(item.references),
        )

    def _text(self, text: Text) -> Text:
        if "]:" not in text.markdown:
            return text
        head, _, last = text.markdown.rstrip().rpartition("\n\n")
        found = [DEFINITION.fullmatch(line) for line in last.split("\n")]
        if not head.strip() or not all(found) or not _is_balanced(head):
            return text
        for each in found:
            assert each is not None
            label, target = each[1], each[2].strip()
            name = self._name(label, target)
            if name != label:
                head = _renamed(head, label, name)
        return Text(head)

    def _name(self, label: str, target: str) -> str:
        """The label under which a target is defined, which is a new one if another has it."""
        name, number = label, 1
        while self._targets.setdefault(folded(name), target) != target:
            number += 1
            name = f"{label}-{number}"
        line = f"[{name}]: {target}"
        if line not in self.lines:
            self.lines.append(line)
        return name


def folded(label: str) -> str:
    """A label as Markdown compares it."""
    return " ".join(label.split()).casefold()


def _is_balanced(text: str) -> bool:
    """Whether no fence is open at the end of a text."""
    return len(re.findall(r"^ {0,3}(?:```|~~~)", text, re.MULTILINE)) % 2 == 0


def _renamed(text: str, label: str, name: str) -> str:
    word = re.escape(label)
    text = re.sub(rf"\]\[{word}\]", f"][{name}]", text)
    return re.sub(rf"(?<![\]\\])\[({word})\](?:\[\])?(?![\[(:])", rf"[\1][{name}]", text)
