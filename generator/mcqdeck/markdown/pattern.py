"""Patterns that are compiled when they are first used: most runs use few of the hundreds there are,
and to compile them all takes as long as to check a hundred questions.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import cast


class Pattern:
    """What `re.compile` gives, once it is asked for anything but its source."""

    def __init__(self, source: str, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        attribute = getattr(self.compiled, name)
        setattr(self, name, attribute)  # the next time it is found without asking
        return attribute

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self.pattern, self._flags)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern as `re.compile` gives it, but for its class; a wrong one fails when it is used."""
    return cast("re.Pattern[str]", Pattern(source, flags))
