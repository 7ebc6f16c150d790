"""What the process that runs Anki is told, and what it answers, a line of JSON each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mcqdeck.verification import Observed, Settings


@dataclass(frozen=True, slots=True)
class Task:
    """The settings of the import to try, and whether there is an old package."""

    has_old: bool
    settings: tuple[Settings, ...]


TASK, NEW, OLD = "task.json", "new.apkg", "old.apkg"
"""The files in the folder in which the process works."""


class Step(StrEnum):
    """What is under way."""

    OLD = "Importing the old package"
    NEW = "Importing the new package"
    UPDATE = "Updating learners"


@dataclass(frozen=True, slots=True)
class Message:
    """A step that begins; the last one holds all that was seen, or why there is nothing.

    `refused` says why Anki does not import the old package, `failed` why it gave up later, and
    `bug` where we did.
    """

    step: Step
    observed: Observed | None = None
    refused: str | None = None
    failed: str | None = None
    bug: str | None = None


def steps(settings: int) -> int:
    """How many messages there are before the last: two packages, and two learners each."""
    return 2 + 2 * settings
