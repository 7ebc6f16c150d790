"""From the text of `deck.toml` to a `Config`, and everything that is wrong with it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic
from mcqdeck.diagnostic import RuleNames as Rules
from mcqdeck.identity import LONGEST_BANK_ID, SLUG
from mcqdeck.model import LEVELS, RULE_SETS, Config, Exam, Place
from mcqdeck.read import mistakes
from mcqdeck.read.keys import keys_of
from mcqdeck.read.lines import decode, split
from mcqdeck.read.metadata import closest
from mcqdeck.read.source import report_encoding
from mcqdeck.words import (
    KEYS,
    Override,
    closest_words,
    is_language,
    meant_language,
    unfit,
)

_TOP = (
    *("id", "title", "description", "authors", "license", "language"),
    *("repository", "report"),
)
_SWITCHES = ("flashcards", "shuffle", "answer-on-choice", "strike-out", "timer", "show-id")
_TABLES = ("cards", "objectives", "levels", "rules", "plan", "exam", "words", "history")
_RULE_SET = "set"
_SEVERITIES = ("error", "warning", "info", "off")
_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_REPOSITORY = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:/(?:\{path\}|[A-Za-z0-9._~!$&()*+,;=:@%/?#-])*)?",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)[ ]?%")
_ADDRESS = re.compile(
    r"""(?:https?://(?![/?#])|mailto:)[^\s\x00-\x1f\x7f"'<>\\^`{|}\[\]]+""", re.IGNORECASE
)
_ADDRESSES = (
    'a full address without spaces, brackets and quotes: `"https://example.org/mistakes?id={id}"`; '
    "the question's id takes the place of `{id}`"
)
_AMOUNTS = 'a number of questions, or a share of all such as `"5%"`'
_LONGEST_PLACED = 2_000  # characters of a name
_MOST_LEVELS = 50
_MOST_QUESTIONS = 1_000_000
_MOST_MINUTES = 10_000
_LONGEST_ADDRESS = 1_000  # characters
_MOST_SHOWN = 40  # characters of a value, or members of a list
_MOST_KNOWN = 120  # keys that a message lists
_MOST_GUESSES = 20  # unknown keys for which the one that was meant is looked for


def parse_config(
    path: str, data: bytes, rules: Rules = NO_RULES
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Reads `deck.toml`; `rules` tells which names `[rules]` may hold.

    What is wrong keeps its default. A missing or wrong `id` is empty.
    """
    reader = _Reader(path, data, rules)
    config = reader.config()
    return config, tuple(reader.collector.diagnostics)


class _Reader:
    """One reading of one `deck.toml`."""

    def __init__(self, path: str, data: bytes, rules: Rules) -> None:
        self.path = path
        self.rules = rules
        self.collector = Collector(mistakes.MISTAKES)
        decoded = decode(data)
        self.lines = split(decoded.text)
        self.guesses = 0
        keys = keys_of(path, decoded.text)
        self.places = keys.places
        self.table: dict[str, Any] = {}
        self.is_toml = keys.problem is None
        report_encoding(decoded, path, self.collector)
        if keys.problem:
            self.bad(*keys.problem)
            return
        try:
            self.table = tomllib.loads(decoded.text)
        except tomllib.TOMLDecodeError as error:
            self.is_toml = False
            self.bad(*self.parser_stopped(str(error)))
        except RecursionError:
            self.is_toml = False
            self.bad(self.end, "nested too deeply")

    @property
    def end(self) -> Place:
        """The place after the last character."""
        return Place(self.path, len(self.lines), len(self.lines[-1]) + 1)

    def parser_stopped(self, message: str) -> tuple[Place, str]:
        """Where the parser says that it stopped, and why."""
        position = _POSITION.search(message)
        where = self.end
        if position and position[1]:
            where = Place(self.path, min(int(position[1]), len(self.lines)), int(position[2]))
        problem = _POSITION.sub("", message)
        return where, problem[:1].lower() + problem[1:]

    def bad(self, where: Place, problem: str) -> None:
        """Reports a text that is no TOML."""
        advice = 'write `key = "text"`; a text stands in double quotes'
        self.collector.report(mistakes.deck_toml_bad, where, problem, advice)

    def config(self) -> Config:
        table = self.table
        if self.is_toml:
            self.required()
        self.unknown(table, "", (*_TOP, *_TABLES))
        cards, levels = self.part("cards"), self.part("levels")
        history = self.part("history")
        self.unknown(cards, "cards", _SWITCHES)
        switches = {
            name: self.value(cards, f"cards.{name}", _flag, "`true` or `false`")
            for name in _SWITCHES
        }
        self.unknown(levels, "levels", ("names",))
        self.unknown(history, "history", ("dropped", "renamed"))
        names = self.value(
            levels,
            "levels.names",
            _levels,
            f'a list of up to {_MOST_LEVELS} texts: `["recall", …]`',
        )
        known_levels = names or (LEVELS if self.has_default_levels() else ())
        objectives = self.pairs(self.part("objectives"), "objectives", _text, "a text in quotes")
        return Config(
            path=self.path,
            id=self.value(
                table,
                "id",
                _bank_id,
                f"up to {LONGEST_BANK_ID} lower-case letters, digits and single hyphens",
            )
            or "",
            title=self.value(table, "title", _title, "a text on one line, without `::`") or "",
            description=self.value(table, "description", _text, "a text in quotes") or "",
            authors=self.value(table, "authors", _texts, 'a list of texts: `["Name"]`') or (),
            license=self.value(table, "license", _text, "a text in quotes") or "",
            language=self.value(table, "language", _language, _tag_for(table.get("language")))
            or "en",
            report=self.value(table, "report", _address, _ADDRESSES) or "",
            flashcards=switches["flashcards"] is not False,
            shuffle=switches["shuffle"] is not False,
            answer_on_choice=switches["answer-on-choice"] is True,
            strike_out=switches["strike-out"] is True,
            timer=switches["timer"] is True,
            show_id=switches["show-id"] is True,
            objectives=objectives,
            levels=known_levels,
            rule_set=self.rule_set(),
            rules=self.severities(),
            plan=self.plan([name for name, _ in objectives], known_levels),
            words=self.words(),
            exam=self.exam(),
            repository=self.value(
                table,
                "repository",
                _repository,
                "the address of the sources on the web, `{path}` for a chapter's path in the bank: "
                '`"https://example.org/my-exam/blob/main/{path}"`',
            )
            or "",
            dropped=self.pairs(
                self.part("dropped", history, "history."), "history.dropped", _text, "the reason"
            ),
            renamed=self.pairs(
                self.part("renamed", history, "history."),
                "history.renamed",
                _slug,
                "the id that was published: lower-case letters, digits and hyphens",
            ),
            places=tuple(self.places.items()),
        )

    def required(self) -> None:
        for key, example in (("id", "a-permanent-name"), ("title", "My Exam")):
            if key not in self.table:
                self.collector.report(
                    mistakes.deck_toml_bad,
                    Place(self.path),
                    f"it has no `{key}`",
                    f'add `{key} = "{example}"` above the first table',
                )

    def part(
        self, name: str, table: dict[str, Any] | None = None, above: str = ""
    ) -> dict[str, Any]:
        """A table inside another one, empty where there is none."""
        value = (self.table if table is None else table).get(name, {})
        if isinstance(value, dict):
            return value
        self.reject(above + name, value, f"a table: `[{above}{name}]`")
        return {}

    def value(
        self, table: dict[str, Any], name: str, read: Callable[[Any], Any], allowed: str
    ) -> Any:
        """The value under the last part of `name`, `None` where it is absent or wrong."""
        key = name.rpartition(".")[2]
        if key not in table:
            return None
        value = read(table[key])
        if value is None:
            self.reject(name, table[key], allowed)
        return value

    def pairs(
        self, table: dict[str, Any], name: str, read: Callable[[Any], Any], allowed: str
    ) -> tuple[tuple[str, Any], ...]:
        found = ((key, self.value(table, f"{name}.{key}", read, allowed)) for key in table)
        return tuple((key, value) for key, value in found if value is not None)

    def rule_set(self) -> str:
        allowed = ", ".join(f'`"{word}"`' for word in RULE_SETS)
        found = self.value(
            self.part("rules"),
            f"rules.{_RULE_SET}",
            lambda value: value if value in RULE_SETS else None,
            allowed,
        )
        return found or RULE_SETS[0]

    def severities(self) -> tuple[tuple[str, str], ...]:
        table = self.part("rules")
        self.unknown(table, "rules", (_RULE_SET, *self.rules))
        known = {key: value for key, value in table.items() if self.rules.get(key)}
        for key in table:
            if self.rules.get(key) is False:
                self.collector.report(
                    mistakes.bad_value,
                    self.place(f"rules.{key}"),
                    key,
                    "weighed: it stops every build",
                    "no such line, and fix the fault",
                    len(key),
                )
        allowed = ", ".join(f'`"{word}"`' for word in _SEVERITIES)
        return self.pairs(
            known, "rules", lambda value: value if value in _SEVERITIES else None, allowed
        )

    def exam(self) -> Exam | None:
        table = self.part("exam")
        self.unknown(table, "exam", ("questions", "minutes", "pass"))
        read = (
            ("questions", _count(_MOST_QUESTIONS), "a number of questions, 1 or more"),
            ("minutes", _count(_MOST_MINUTES), f"a number of minutes from 1 to {_MOST_MINUTES}"),
            ("pass", _percent, "the share that must be right, in percent: a number up to 100"),
        )
        values = (self.value(table, f"exam.{key}", reader, told) for key, reader, told in read)
        return Exam(*values) if table else None

    def words(self) -> tuple[Override, ...]:
        found: list[Override] = []
        for key, value in self.part("words").items():
            if key not in KEYS:
                self.unknown([key], "words", closest_words(key))
            elif wanted := unfit(key, value):
                self.reject(f"words.{key}", value, wanted)
            else:
                found.append((key, value if isinstance(value, str) else tuple(value.items())))
        return tuple(found)

    def plan(
        self, objectives: Sequence[str], levels: Sequence[str]
    ) -> tuple[tuple[str, tuple[tuple[str, int | float], ...]], ...]:
        """Each objective's row; a level that stands for itself has its place in the row of all."""
        table = self.part("plan")
        known = set(objectives)
        if objectives and levels:
            self.unknown(table, "plan", (*objectives, *levels))
        plan: list[tuple[str, tuple[tuple[str, int | float], ...]]] = []
        own: list[tuple[str, int | float]] = []
        for name, value in table.items():
            is_level = name in levels and name not in known
            if isinstance(value, dict) and not is_level:
                if levels:
                    self.unknown(value, f"plan.{name}", levels)
                row = self.pairs(value, f"plan.{name}", _amount, _AMOUNTS)
                plan.append((name, row))
                continue
            allowed = _AMOUNTS if is_level else f"{_AMOUNTS}, or these by level"
            amount = self.value(table, f"plan.{name}", _amount, allowed)
            if amount is not None and is_level:
                own.append((name, amount))
            elif amount is not None:
                plan.append((name, (("", amount),)))
        return (*plan, *([("", tuple(own))] if own else ()))

    def has_default_levels(self) -> bool:
        """Whether the author meant no levels of their own, be it in a form that cannot be read."""
        meant = (name for name in self.table if closest(name, (*_TOP, *_TABLES)) == "levels")
        return self.is_toml and not any(self.table[name] for name in meant)

    def unknown(self, table: Iterable[str], above: str, known: Sequence[str]) -> None:
        names = frozenset(known)
        for key in table:
            if key not in names:
                name = f"{above}.{key}" if above else key
                meant = closest(key, known) if self.guesses < _MOST_GUESSES else None
                self.guesses += 1
                self.collector.report(
                    mistakes.unknown_key, self.place(name), key, known[:_MOST_KNOWN], meant
                )

    def reject(self, name: str, value: object, allowed: str) -> None:
        shown = _shown(value)
        where = self.place(name)
        self.collector.report(
            mistakes.bad_value,
            where,
            name.rpartition(".")[2],
            shown if len(shown) <= _MOST_SHOWN else shown[: _MOST_SHOWN - 1] + "…",
            allowed,
        )

    def place(self, name: str) -> Place:
        """The place of a key, or of the table it stands in."""
        name = name[:_LONGEST_PLACED]
        while name and name not in self.places:
            name = name.rpartition(".")[0]
        return self.places.get(name, Place(self.path))


def _shown(value: object) -> str:
    """A value as TOML writes it, as far as that is short."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"[{', '.join(map(_shown_inside, value[:_MOST_SHOWN]))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _shown_inside(value: object) -> str:
    return "…" if isinstance(value, list | dict) else _shown(value)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _title(value: object) -> str | None:
    is_title = isinstance(value, str) and value.strip() and "::" not in value and "\n" not in value
    return " ".join(str(value).split()) if is_title else None


def _texts(value: object) -> tuple[str, ...] | None:
    is_list = isinstance(value, list) and value and all(isinstance(each, str) for each in value)
    return tuple(value) if is_list and isinstance(value, list) else None


def _levels(value: object) -> tuple[str, ...] | None:
    names = _texts(value)
    return names if names and len(names) <= _MOST_LEVELS else None


def _bank_id(value: object) -> str | None:
    id_ = _slug(value)
    return id_ if id_ and len(id_) <= LONGEST_BANK_ID else None


def _slug(value: object) -> str | None:
    return value if isinstance(value, str) and SLUG.fullmatch(value) else None


def _language(value: object) -> str | None:
    return value if isinstance(value, str) and is_language(value) else None


def _tag_for(value: object) -> str:
    meant = meant_language(value) if isinstance(value, str) and not is_language(value) else None
    return f"a language tag; did you mean `{meant}`?" if meant else 'a language tag such as `"en"`'


def _address(value: object) -> str | None:
    is_one = isinstance(value, str) and _ADDRESS.fullmatch(value.replace("{id}", "id"))
    return str(value) if is_one else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(most: int) -> Callable[[object], int | None]:
    """Reads a whole number from 1 to `most`."""

    def read(value: object) -> int | None:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return value if is_number and isinstance(value, int) and 1 <= value <= most else None

    return read


def _percent(value: object) -> float | None:
    """A share in percent, as a number, or as a text with the sign."""
    share = _SHARE.fullmatch(value) if isinstance(value, str) else None
    number = float(share[1]) if share else value
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    return number if is_number and isinstance(number, int | float) and 0 < number <= 100 else None


def _repository(value: object) -> str | None:
    is_address = isinstance(value, str) and len(value) <= _LONGEST_ADDRESS
    return value if is_address and isinstance(value, str) and _REPOSITORY.fullmatch(value) else None


def _amount(value: object) -> int | float | None:
    """A number of questions, or a share of them as a fraction of 1."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_QUESTIONS:
        return value
    share = _SHARE.fullmatch(value) if isinstance(value, str) else None
    return float(share[1]) / 100 if share and float(share[1]) <= 100 else None
