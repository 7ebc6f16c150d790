"""How much each diagnostic weighs in a bank: its set of rules, its own words, its exceptions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mcqdeck.diagnostic import Diagnostic, Finding, Rule, Severity
from mcqdeck.model import Allowance, Bank, Config, Question


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that one run is about: only those in `select`, if any, without those in `ignore`.

    What stops every build cannot be left out.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def takes(self, rule: Rule) -> bool:
        """Whether the run shows what this rule finds."""
        if not rule.is_adjustable:
            return True
        is_selected = not self.select or rule.name in self.select
        return is_selected and rule.name not in self.ignore


ALL = Selection()


def unused_allow(allowance: Allowance) -> Finding:
    """An exception for a fault that is no longer there would hide the next one.

    Take it out of the comment.
    """
    return Finding(
        allowance.where,
        f"`{allowance.name}` finds nothing here that could be silenced",
        "take it out of `allow`",
        len(allowance.name),
    )


UNUSED_ALLOW = Rule(Severity.WARNING, unused_allow)


class Weights:
    """What each rule weighs in one bank, by its name."""

    def __init__(self, config: Config, rules: Iterable[Rule], selection: Selection = ALL) -> None:
        self._own = dict(config.rules)
        self._is_strict = config.rule_set == "strict"
        self._rules: Mapping[str, Rule] = {
            rule.name: rule for rule in rules if self._is_on(rule, config, selection)
        }
        self._selection = selection

    def _is_on(self, rule: Rule, config: Config, selection: Selection) -> bool:
        own = self._own.get(rule.name)
        if rule.is_english and config.language.split("-")[0].casefold() != "en":
            return False
        if own is not None and rule.is_adjustable:
            return own != "off" or rule.name in selection.select
        if rule.ground is None or rule.name in selection.select:
            return True
        if config.rule_set == "off":
            return False
        return rule.is_on or (rule.is_strict and self._is_strict)

    def __contains__(self, name: str) -> bool:
        return name in self._rules

    def weigh(self, diagnostic: Diagnostic) -> Diagnostic | None:
        """The diagnostic as this bank has it, or `None` where its rule is off or left out."""
        rule = self._rules.get(diagnostic.name)
        if rule is None or not self._selection.takes(rule):
            return None
        own = self._own.get(rule.name, "off")
        if own != "off" and rule.is_adjustable:
            return replace(diagnostic, severity=Severity(own))
        is_demanded = rule.is_strict or diagnostic.severity is Severity.WARNING
        if self._is_strict and is_demanded:
            return replace(diagnostic, severity=Severity.ERROR)
        return diagnostic


def weigh(
    bank: Bank,
    weights: Weights,
    found: Iterable[Diagnostic],
    unsure: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """The diagnostics of a bank with its severities, without those that it silences.

    An `allow` that silences nothing, though its rule is on, is one more; but not for the rules in
    `unsure`, which may find something in another run.
    """
    allowed = {chapter.path: _Allowed(chapter.questions) for chapter in bank.chapters}
    used: set[Allowance] = set()
    for diagnostic in found:
        here = allowed.get(diagnostic.where.path)
        if here and (allowance := here.get(diagnostic)):
            used.add(allowance)
        elif weighed := weights.weigh(diagnostic):
            yield weighed
    for question in bank.questions:
        for allowance in question.allow:
            is_needless = allowance not in used and allowance.name not in unsure
            if is_needless and question.retired is None and allowance.name in weights:
                finding = weights.weigh(UNUSED_ALLOW.diagnose(unused_allow(allowance)))
                if finding:
                    yield finding


class _Allowed:
    """What the questions of a chapter silence, by line."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._questions = questions if any(each.allow for each in questions) else ()
        self._lines = [each.where.line for each in self._questions]

    def get(self, diagnostic: Diagnostic) -> Allowance | None:
        position = bisect_right(self._lines, diagnostic.where.line) - 1
        if position < 0:
            return None
        allow = self._questions[position].allow
        return next((each for each in allow if each.name == diagnostic.name), None)
