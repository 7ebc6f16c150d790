"""Measures the rules for good questions against people's labels and on quizzes in use.

    python benchmarks/rules.py LABELS.jsonl [--corpus DIR] [--sample N --seed S] [--write]

LABELS.jsonl has one label per line: an object with `question`, `choices`, `answer` (a letter),
`flaw_type` and `label` (1 where a person saw that flaw), as in the validation data of BenchMarker
(https://github.com/nbalepur/BenchMarker). Items on which the labels contradict each other are left
out. Printed are precision and recall of each rule that a flaw stands for, with 95 % intervals after
Wilson. DIR is a folder of quiz files in the form that `fidelity.py` takes, such as LinkedIn skill
assessments quizzes (https://github.com/Ebazhanov/linkedin-skill-assessments-quizzes): printed is
how many findings each rule has in 100 questions.

`--sample` prints warnings and errors of that folder with their questions, drawn at random, the
rules taking turns, to be read by a person, whose verdicts `verdicts.json` keeps by the id of the
finding. `--write` stores the figures and what the verdicts say as package data.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bank import rendered as rendered_bank
from fidelity import HEADING
from mcqdeck.diagnostic import Diagnostic, RuleFor, Severity
from mcqdeck.markdown import excerpt
from mcqdeck.model import Bank, Config, Option, Passage, Place, Question
from mcqdeck.read.parse import parse_chapter
from mcqdeck.rules import ADVICE_RULES, BANK_RULES, CheckedBanks
from mcqdeck.rules.analysis.question import CheckedQuestion, checked_questions, passages

FLAWS = {
    "all-of-the-above": "no_all_of_the_above",
    "none-of-the-above": "no_none_of_the_above",
    "number-order": "ordered_options",
    "combined-options": "avoid_k_type",
    "repeated-parts": "avoid_k_type",
    "key-longest": "equal_length_options",
    "length-outlier": "equal_length_options",
    "key-repeats-stem": "avoid_repetition",
    "negative-stem": "avoid_negatives",
    "unfocused-stem": "problem_in_stem",
    "blank-in-stem": "no_fill_in_blank",
    "absolute-terms": "no_absolute_terms",
    "vague-terms": "no_vague_terms",
    "convergence": "no_convergence_cues",
    "uneven-options": "grammatical_consistency",
}
"""The flaw that each rule looks for, as the labels name it; the other rules have no label."""

EVIDENCE = Path(__file__).parents[1] / "generator" / "mcqdeck" / "report" / "evidence.json"
VERDICTS = Path(__file__).with_name("verdicts.json")
CONFIG = Config("deck.toml", "bank", "Bank")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
RANKS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.INFO: 0}

Interval = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, and whether people saw a flaw in it."""

    checked: CheckedQuestion
    flaw: str
    is_flawed: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How a rule agrees with the labels of a flaw."""

    items: int
    positives: int
    hits: int
    false_alarms: int

    @property
    def misses(self) -> int:
        """The flaws that the rule does not find."""
        return self.positives - self.hits

    @property
    def precision(self) -> Interval | None:
        """The share of its findings that are flaws, `None` where it finds nothing."""
        return interval(self.hits, self.hits + self.false_alarms)

    @property
    def recall(self) -> Interval | None:
        """The share of the flaws that it finds."""
        return interval(self.hits, self.positives)


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic of advice in a quiz, with its question."""

    diagnostic: Diagnostic
    checked: CheckedQuestion

    @property
    def id(self) -> str:
        """What names it for good: a hash of the rule, the question, and the place in it."""
        where, start = self.diagnostic.where, self.checked.question.where
        texts = [passage.text for passage in passages(self.checked.question)]
        parts = (self.diagnostic.name, f"{where.line - start.line}:{where.column}", *texts)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def interval(successes: int, trials: int) -> Interval | None:
    """A share with its 95 % interval (Wilson 1927, JASA 22:209)."""
    if trials == 0:
        return None
    z = 1.959964
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials**2))
    spread /= 1 + z * z / trials
    return tuple(round(value, 3) for value in (share, middle - spread, middle + spread))  # type: ignore[return-value] # three


def labelled(path: Path) -> Iterator[Labelled]:
    """The labelled questions of a file, each once for each flaw, none with two opinions."""
    labels: dict[tuple[str, tuple[str, ...], str, str], set[bool]] = defaultdict(set)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked = row["question"], tuple(row["choices"]), row["answer"], row["flaw_type"]
        labels[asked].add(row["label"] == 1)
    for (stem, options, answer, flaw), opinions in labels.items():
        if len(opinions) == 1:
            yield Labelled(question_of(stem, options, answer), flaw, opinions.pop())


def question_of(stem: str, options: Sequence[str], answer: str) -> CheckedQuestion:
    """A question with its options in the order in which they were judged."""
    where = Place("labels")
    choices = tuple(
        Option(where, letter == answer, passage_of(text))
        for letter, text in zip(LETTERS, options, strict=False)
    )
    question = Question(
        where, "id", where, False, passage_of(stem), choices, None, None, keeps_order=True
    )
    return CheckedQuestion(question, CONFIG)


def passage_of(text: str) -> Passage:
    return Passage("labels", excerpt(text))


def agreement(
    rule: RuleFor[CheckedQuestion], flaw: str, data: Iterable[Labelled], *, lowest: Severity
) -> Figures:
    """How the findings of a rule, of the severity `lowest` or higher, agree with the labels."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for labelled in data:
        if labelled.flaw == flaw:
            is_reported = any(
                RANKS[diagnostic.severity] >= RANKS[lowest]
                for diagnostic in rule.check(labelled.checked)
            )
            counts[labelled.is_flawed, is_reported] += 1
    positives = counts[True, True] + counts[True, False]
    return Figures(counts.total(), positives, counts[True, True], counts[False, True])


def quizzes(folder: Path) -> Bank:
    """The quiz files of a folder as one bank."""
    chapters = []
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8-sig")
        if HEADING.search(text):
            text = HEADING.sub("##", re.sub(r"^##(?=\s)", "#", text, flags=re.MULTILINE))
        chapters.append(parse_chapter(path.name, text.encode(), CONFIG)[0])
    return Bank(".", CONFIG, tuple(chapters))


def advise(questions: Iterable[CheckedQuestion]) -> Iterator[Finding]:
    """What all advice says of the questions, also what is off unless asked for."""
    for checked in questions:
        for rule in ADVICE_RULES:
            for diagnostic in rule.check(checked):
                yield Finding(diagnostic, checked)


def sample(findings: Iterable[Finding], number: int, seed: int) -> list[Finding]:
    """Warnings and errors of the rules that are on, drawn at random.

    The rules take turns, so that rare ones are read as well.
    """
    on = {rule.name for rule in ADVICE_RULES if rule.is_on}
    drawn = random.Random(seed)
    piles: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.diagnostic.name in on and finding.diagnostic.severity is not Severity.INFO:
            piles[finding.diagnostic.name].append(finding)
    for pile in piles.values():
        drawn.shuffle(pile)
    turns = [name for depth in range(number) for name in sorted(piles) if depth < len(piles[name])]
    return [piles[name].pop() for name in turns[:number]]


def show(finding: Finding) -> str:
    """A finding with its question, for a reader."""
    question, diagnostic = finding.checked.question, finding.diagnostic
    lines = [f"{finding.id} {diagnostic.severity} [{diagnostic.name}] {diagnostic.message}"]
    lines += [f"    {line}" for line in question.stem.text.strip().splitlines()]
    for option in question.options:
        mark = "x" if option.is_correct else " "
        lines.append(f"    - [{mark}] " + " ".join(option.text.text.split()))
    if question.explanation:
        lines.append("    => " + " ".join(question.explanation.text.split())[:300])
    return "\n".join(lines)


def verdicts(findings: Iterable[Finding]) -> dict[str, Any]:
    """What people said of the findings that are still made: how many were read, how many right."""
    ids = {finding.id for finding in findings}
    read: Mapping[str, Mapping[str, str]] = json.loads(VERDICTS.read_text(encoding="utf-8"))
    rules = {
        name: {"read": len(said), "right": said.count("right")}
        for name, all_said in sorted(read.items())
        if (said := [verdict for id_, verdict in all_said.items() if id_ in ids])
    }
    totals = {key: sum(counts[key] for counts in rules.values()) for key in ("read", "right")}
    return {**totals, "rules": rules}


def report(name: str, figures: Figures) -> str:
    shares = "  ".join(
        f"{label} {share[0]:.2f} ({share[1]:.2f}-{share[2]:.2f})" if share else f"{label} -"
        for label, share in (("precision", figures.precision), ("recall", figures.recall))
    )
    counts = f"{figures.items:4} {figures.positives:4}  {figures.hits:3} {figures.false_alarms:3}"
    return f"{name:26} {counts} {figures.misses:3}  {shares}"


def shares(figures: Figures) -> dict[str, Interval | None]:
    return {"precision": figures.precision, "recall": figures.recall}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("labels", type=Path, metavar="LABELS.jsonl")
    parser.add_argument("--corpus", type=Path, metavar="DIR")
    parser.add_argument("--sample", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--write", action="store_true", help=f"store the figures in {EVIDENCE.name}"
    )
    arguments = parser.parse_args()
    data = tuple(labelled(arguments.labels))
    bankwide = [rule for rule in BANK_RULES if rule.ground]
    names = [*(rule.name for rule in ADVICE_RULES), *(rule.name for rule in bankwide)]
    rules: dict[str, dict[str, Any]] = {name: {} for name in names}
    print(f"{'rule':26} {'n':>4} {'pos':>4}  {'TP':>3} {'FP':>3} {'FN':>3}")
    for rule in ADVICE_RULES:
        if flaw := FLAWS.get(rule.name):
            own = agreement(rule, flaw, data, lowest=rule.severity)
            print(report(rule.name, own))
            rules[rule.name] = {"items": own.items, "positives": own.positives, **shares(own)}
            every = agreement(rule, flaw, data, lowest=Severity.INFO)
            if every != own:
                print(report("  and where it informs", every))
                rules[rule.name]["with_info"] = shares(every)
    asked: tuple[CheckedQuestion, ...] = ()
    findings: list[Finding] = []
    if arguments.corpus:
        bank = quizzes(arguments.corpus)
        asked = tuple(checked_questions(bank.questions, bank.config))
        findings = list(advise(asked))
        done = CheckedBanks([rendered_bank(bank)])
        counts = Counter(finding.diagnostic.name for finding in findings)
        counts.update({rule.name: sum(1 for _ in rule.function(done)) for rule in bankwide})
        print(f"\n{len(bank.chapters)} files, {len(asked)} questions: findings in 100 questions")
        for name, figures in rules.items():
            figures["per_100"] = round(100 * counts[name] / max(1, len(asked)), 2)
            print(f"{name:26} {figures['per_100']:6.2f}")
        for finding in sample(findings, arguments.sample, arguments.seed):
            print(f"\n{show(finding)}")
    if arguments.write:
        write(rules, data, findings, asked=len(asked))
    return 0


def write(
    rules: Mapping[str, Mapping[str, Any]],
    data: Sequence[Labelled],
    findings: Sequence[Finding],
    *,
    asked: int,
) -> None:
    """Stores the figures where the docs and `--explain` find them."""
    questions = {
        tuple(passage.text for passage in passages(labelled.checked.question)) for labelled in data
    }
    evidence = {
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "data": {
            "labels": {
                "name": "nbalepur/BenchMarker validation data",
                "items": len(questions),
                "labels": len(data),
            },
            "corpus": {"name": "LinkedIn skill assessments quizzes", "questions": asked},
        },
        "rules": {name: figures for name, figures in rules.items() if figures},
        "sample": {"questions": asked, **verdicts(findings)},
    }
    EVIDENCE.write_text(json.dumps(evidence, indent=2) + "\n", encoding="utf-8")
    print(f"\nwrote {EVIDENCE}")


if __name__ == "__main__":
    sys.exit(main())
