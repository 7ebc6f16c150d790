"""Which rules are on in a bank, and with which severity: its rule set and its own settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mcqdeck.diagnostic import Diagnostic, Rule, Severity
from mcqdeck.model import Allowance, Config, RenderedBank
from mcqdeck.rules.analysis.owners import Owners
from mcqdeck.rules.analysis.question import is_english


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that one run is about: those in `select`, or all, without those in `ignore`.

    What stops every build cannot be left out.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def includes(self, rule: Rule) -> bool:
        """Whether the run shows what this rule finds."""
        if not rule.is_adjustable:
            return True
        is_selected = not self.select or rule.name in self.select
        return is_selected and rule.name not in self.ignore


ALL_RULES = Selection()


class Severities:
    """The rules that are on in one bank, by name, and the severities that the bank gives them."""

    def __init__(
        self, config: Config, rules: Iterable[Rule], selection: Selection = ALL_RULES
    ) -> None:
        self._overrides = dict(config.rules)
        self._rule_set = config.rule_set
        self._is_english = is_english(config)
        self._selection = selection
        self._rules = {rule.name: rule for rule in rules if self._is_on(rule)}

    def __contains__(self, name: str) -> bool:
        return name in self._rules

    @property
    def names(self) -> frozenset[str]:
        """The names of the rules that are on."""
        return frozenset(self._rules)

    def apply(self, diagnostic: Diagnostic) -> Diagnostic | None:
        """The diagnostic with the bank's severity; `None` if its rule is off or not selected."""
        rule = self._rules.get(diagnostic.name)
        if rule is None or not self._selection.includes(rule):
            return None
        override = self._overrides.get(rule.name, "off")
        if override != "off" and rule.is_adjustable:
            return replace(diagnostic, severity=Severity(override))
        is_demanded = rule.is_strict or diagnostic.severity is Severity.WARNING
        if self._rule_set == "strict" and is_demanded:
            return replace(diagnostic, severity=rule.in_strict)
        return diagnostic

    def _is_on(self, rule: Rule) -> bool:
        if rule.is_english and not self._is_english:
            return False
        override = self._overrides.get(rule.name)
        if override is not None and rule.is_adjustable:
            return override != "off" or rule.name in self._selection.select
        if rule.ground is None or rule.name in self._selection.select:
            return True
        if self._rule_set == "off":
            return False
        return rule.is_on or (rule.is_strict and self._rule_set == "strict")


class Suppressions:
    """What the questions of a bank suppress with `allow`, and which of it was needed."""

    def __init__(self, bank: RenderedBank) -> None:
        self._bank = bank
        self._owners = {
            chapter.path: Owners(chapter.entries)
            for chapter in bank.chapters
            if any(question.allow for question in chapter.entries)
        }
        self._used: set[Allowance] = set()

    def cover(self, diagnostic: Diagnostic) -> bool:
        """Whether the diagnostic's question suppresses its rule; if so, that is noted as used."""
        owners = self._owners.get(diagnostic.where.path)
        question = owners.of(diagnostic.where.line) if owners else None
        for allowance in question.allow if question else ():
            if allowance.name == diagnostic.name:
                self._used.add(allowance)
                return True
        return False

    def unused(self) -> Iterator[Allowance]:
        """What suppressed no diagnostic, except in retired questions, which are not checked."""
        for question in self._bank.entries:
            if question.retired is None:
                for allowance in question.allow:
                    if allowance not in self._used:
                        yield allowance
