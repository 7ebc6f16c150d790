"""What the Markdown stages note of a passage, for safety, media and mathematics to judge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What was found: its text is the tag, the target, the file's path, or the opening signs."""

    TAG = "raw HTML: one tag, comment or declaration"
    LINK = "a link whose target is not plainly http, https or mailto"
    IMAGE = "an image or sound by `![…](…)`"
    TEMPLATE = "Anki's template or cloze syntax in prose"
    OPEN_MATH = "a dollar sign that opens mathematics which never ends"


@dataclass(frozen=True, slots=True)
class Mark:
    """A construct at `offset` in the passage; `length` is how many characters of it are shown."""

    kind: Kind
    offset: int
    text: str
    length: int
