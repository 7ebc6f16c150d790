"""What the process that runs Anki is told, and what it answers: a line of JSON each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mcqdeck.verification import Observed


@dataclass(frozen=True, slots=True)
class Task:
    """The packages to look at, and an empty folder in which to do so."""

    new: str
    old: str | None
    folder: str


class Step(StrEnum):
    """What is under way."""

    OLD = "Importing the old package"
    NEW = "Importing the new package"
    UPDATE = "Updating learners"


@dataclass(frozen=True, slots=True)
class Message:
    """A step that begins; the last one holds all that was seen, or says why there is nothing."""

    step: Step
    observed: Observed | None = None
    refused: str | None = None


STEPS = 1 + 1 + 2 * 72
"""How many messages there are before the last."""
