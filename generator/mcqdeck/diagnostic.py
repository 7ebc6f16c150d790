"""What is wrong with a source, as values: made by any stage, shown by `report`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, ParamSpec, TypeVar

from mcqdeck.model import Place

P = ParamSpec("P")
Subject = TypeVar("Subject")


class Severity(StrEnum):
    """How serious a diagnostic is; only an error stops a build."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    r"""One step of a fix: the characters from `start` up to `end` of one file become `text`.

    If both places are the same, `text` is inserted. `\n` in it stands for the file's line end.
    """

    start: Place
    end: Place
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place: what is wrong, and (`help`) how to fix it."""

    where: Place
    message: str
    help: str
    length: int = 1
    """The characters of the line that the fault spans."""
    severity: Severity | None = None
    """The severity of this finding, where it is not that of its rule."""
    edits: tuple[Edit, ...] = ()
    """The fix, where there is only one: all of the edits, or none."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding under the name and with the severity of the rule that made it."""

    where: Place
    name: str
    """That of the rule: `no-correct-option`."""

    severity: Severity
    message: str
    """What is wrong, on one line."""

    help: str
    """How to fix it."""

    length: int = 1
    """The characters of the line that the fault spans."""

    edits: tuple[Edit, ...] = ()
    """The fix, where there is only one: all of the edits, or none."""


class Ground(StrEnum):
    """What a rule for good questions rests on."""

    MEASURED = "measured against human labels"
    READ = "its findings in use were read one by one"
    CERTAIN = "true by construction"
    CUSTOM = "a custom that a bank may have"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table of rules: a function that makes findings, and their severity.

    The function's name in kebab case is the rule's name, its docstring the explanation: why the
    fault hurts a learner, then what to write instead.
    """

    severity: Severity
    function: Callable[..., Finding | Iterator[Finding]]
    ground: Ground | None = None
    """Makes the rule advice: banks may override its severity, and questions suppress it."""
    is_on: bool = True
    """Whether advice is on unless a bank turns it off, or else off unless a bank turns it on."""
    is_strict: bool = False
    """Whether advice is on, and an error, in the rule set `strict`."""
    in_strict: Severity = Severity.ERROR
    """What a warning of it counts as in the rule set `strict`."""
    is_english: bool = False
    """Whether advice reads English words, and so is off in a bank with another language."""

    @property
    def name(self) -> str:
        """The rule's name as people see it: `no-correct-option`."""
        return self.function.__name__.strip("_").replace("_", "-")

    @property
    def is_adjustable(self) -> bool:
        """Whether `[rules]` may override its severity and `allow` may suppress it."""
        return self.ground is not None or self.severity is not Severity.ERROR

    def diagnose(self, finding: Finding) -> Diagnostic:
        """The finding as a diagnostic of this rule."""
        return Diagnostic(
            finding.where,
            self.name,
            finding.severity or self.severity,
            finding.message,
            finding.help,
            finding.length,
            finding.edits,
        )


@dataclass(frozen=True, slots=True)
class RuleFor(Rule, Generic[Subject]):
    """A rule that looks for faults itself, in what its function takes: a question, or all banks."""

    function: Callable[[Subject], Iterator[Finding]]

    def check(self, subject: Subject) -> Iterator[Diagnostic]:
        """What the rule finds in `subject`."""
        for finding in self.function(subject):
            yield self.diagnose(finding)


RuleNames = Mapping[str, bool]
"""The names of all rules, and whether banks may override and questions suppress them."""

NO_RULES: RuleNames = {}


class McqdeckError(Exception):
    """The environment prevents the work: an unreadable file, a full disk. The text is one line."""


class Collector:
    """Gathers the diagnostics of one stage, each of whose rules is a function for one finding."""

    def __init__(self, table: Iterable[Rule]) -> None:
        self._rules = {rule.function: rule for rule in table}
        self.diagnostics: list[Diagnostic] = []

    def report(self, mistake: Callable[P, Finding], *args: P.args, **kwargs: P.kwargs) -> None:
        """Adds the finding `mistake(*args, **kwargs)`, under that function's name."""
        self.diagnostics.append(self._rules[mistake].diagnose(mistake(*args, **kwargs)))
