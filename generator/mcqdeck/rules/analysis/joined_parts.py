"""What an option joins: the parts of `red; round` and `salt, oil and ice`."""

from __future__ import annotations

import re

from mcqdeck.markdown.pattern import pattern

# fmt: off
VERDICTS = frozenset({
    "true", "false", "yes", "no", "right", "wrong", "not wrong", "correct", "incorrect", "t", "f",
    "valid", "invalid",
})
# fmt: on
"""What an option may say of a statement, in lower case."""

_JOINT = pattern(r"\s*(?:[,;](?!\d)\s*(?:and\b)?|\band\b|\bbut\b)\s*", re.IGNORECASE)
"""What joins two parts, with the white space around it: `, `, `; `, ` and `, `, and `, ` but `."""


def parts_of(option: str) -> list[str]:
    """What an option joins with commas, semicolons, `and` or `but`."""
    flat = " ".join(option.split())
    return [part for part in _JOINT.split(flat.strip(" .")) if part]
