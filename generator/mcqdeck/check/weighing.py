"""How much each diagnostic weighs in a bank: its set of rules, its own words, its exceptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mcqdeck.check.item import reads_english
from mcqdeck.check.owner import Owners
from mcqdeck.diagnostic import Diagnostic, Finding, Rule, Severity
from mcqdeck.model import Allowance, Bank, Config


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
        if rule.is_english and not reads_english(config):
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
    allowing = {
        chapter.path: Owners(chapter.questions)
        for chapter in bank.chapters
        if any(question.allow for question in chapter.questions)
    }
    used: set[Allowance] = set()
    for diagnostic in found:
        owners = allowing.get(diagnostic.where.path)
        owner = owners and owners.of(diagnostic.where.line)
        allow = owner.allow if owner else ()
        if allowance := next((each for each in allow if each.name == diagnostic.name), None):
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
