"""A line of a Markdown text with what it looks like."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Sign(Enum):
    """What a line looks like."""

    BLANK = auto()
    TEXT = auto()
    CODE = auto()
    HEADING = auto()
    OPTION = auto()
    ITEM = auto()
    ANSWER = auto()
    EXPLANATION = auto()
    REFERENCE = auto()
    WRAPPER = auto()
    RULE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file; `number` counts from 1.

    `text` is what it says without its mark: a heading's title, an option's text, an answer's value,
    and else the line itself, which `whole` always is. `level` is a heading's, `letter` an option's
    in lower case, or empty where it has a box. `is_right` is true or false where a box says so.
    `begins` says that a question begins here, as the callout around it tells.
    """

    number: int
    sign: Sign
    whole: str
    text: str
    level: int = 0
    letter: str = ""
    is_right: bool | None = None
    begins: bool = False

    @property
    def margin(self) -> int:
        """The columns of white space that it begins with."""
        expanded = self.whole.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())
