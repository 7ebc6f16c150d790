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
    """A line of the file."""

    number: int
    """From 1."""

    sign: Sign

    whole: str
    """The line as it stands there."""

    text: str
    """What it says without its mark: a heading's title, an option's text, an answer's value.

    Of any other it is the line itself.
    """

    level: int = 0
    """A heading's."""

    letter: str = ""
    """An option's, in lower case; empty where it has a box."""

    is_right: bool | None = None
    """True or false where a box says so."""

    begins: bool = False
    """Whether a question begins here, as the callout around it tells."""

    @property
    def margin(self) -> int:
        """The columns of white space that it begins with."""
        expanded = self.whole.expandtabs(4)
        return len(expanded) - len(expanded.lstrip())
