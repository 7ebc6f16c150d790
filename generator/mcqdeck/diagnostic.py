"""What is wrong with a source, as values: found by any stage, shown by `report`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ParamSpec

from mcqdeck.model import Place

P = ParamSpec("P")


class Severity(StrEnum):
    """How much a diagnostic weighs; only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    r"""A certain mending: the characters from `start` up to `end` of one file become `text`.

    Where both places are the same, `text` is put in. `\n` in it stands for the file's line end.
    """

    start: Place
    end: Place
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place: what is wrong, and (`help`) how to mend it.

    `length` is the number of characters on that line that the fault spans. `severity` is set where
    this finding weighs more or less than its rule's others, and `edits` where the mending is
    certain: together they mend it, and none without the others.
    """

    where: Place
    message: str
    help: str
    length: int = 1
    severity: Severity | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding under the name and with the severity of the rule that made it."""

    where: Place
    name: str
    severity: Severity
    message: str
    help: str
    length: int = 1
    edits: tuple[Edit, ...] = ()


class Ground(StrEnum):
    """What a rule for good questions rests on."""

    MEASURED = "measured against human labels"
    READ = "its findings in use were read one by one"
    CERTAIN = "true by construction"
    CUSTOM = "a custom that a bank may have"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table of rules: a function that makes findings, and how much they weigh.

    The function's name in kebab case is the rule's name, its docstring the explanation.

    A rule with a `ground` is advice for good questions: whatever it weighs, a bank may weigh it
    anew and a question be excused from it. Advice that is not `is_on` waits until it is asked for;
    advice that `is_strict` is an error in the set `strict`; advice that `is_english` reads English
    words and is left out where a bank has another language.
    """

    severity: Severity
    function: Callable[..., Any]
    ground: Ground | None = None
    is_on: bool = True
    is_strict: bool = False
    is_english: bool = False

    @property
    def name(self) -> str:
        """The rule's name as people see it: `no-correct-option`."""
        return name_of(self.function)

    @property
    def is_adjustable(self) -> bool:
        """Whether `[rules]` may weigh it anew and `allow` may silence it."""
        return self.ground is not None or self.severity is not Severity.ERROR

    def diagnose(self, finding: Finding) -> Diagnostic:
        """The finding under this rule's name."""
        return Diagnostic(
            finding.where,
            self.name,
            finding.severity or self.severity,
            finding.message,
            finding.help,
            finding.length,
            finding.edits,
        )


Rules = Mapping[str, bool]
"""The names of all rules, and whether a bank may weigh and a question silence them."""

NO_RULES: Rules = {}


class McqdeckError(Exception):
    """The world is in the way: an unreadable file, a full disk. The text is one line for people."""


def name_of(function: Callable[..., Any]) -> str:
    """A rule's name from its function: `no_correct_option` gives `no-correct-option`."""
    return function.__name__.strip("_").replace("_", "-")


class Collector:
    """Gathers the diagnostics of one stage, whose mistakes are functions listed in a table."""

    def __init__(self, table: Iterable[Rule]) -> None:
        self._rules = {rule.function: rule for rule in table}
        self.diagnostics: list[Diagnostic] = []

    def report(self, mistake: Callable[P, Finding], *args: P.args, **kwargs: P.kwargs) -> None:
        """Adds what `mistake(*args, **kwargs)` finds, under the mistake's own name."""
        self.diagnostics.append(self._rules[mistake].diagnose(mistake(*args, **kwargs)))
