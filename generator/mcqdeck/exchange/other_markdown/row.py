"""A row of a text, before it is told what it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

FENCE = re.compile(r" {0,3}(```|~~~)")
"""What opens or closes code."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the text as it is read; `number` is that of the line in the file.

    `begins` says that a question begins with it, as a callout that asks says.
    """

    number: int
    text: str
    begins: bool = False
