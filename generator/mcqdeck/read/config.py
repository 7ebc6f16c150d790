"""From the text of `deck.toml` to a `Config`, and everything that is wrong with it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

from mcqdeck.diagnostic import NO_RULES, Collector, Diagnostic, RuleNames
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import LEVELS, Config, Exam, Place
from mcqdeck.read import source_mistakes
from mcqdeck.read.closest import closest
from mcqdeck.read.keys import keys_of
from mcqdeck.read.lines import CONFLICT_MARK, decode, split
from mcqdeck.read.settings import SETTINGS, TABLES, Setting, setting_of, settings_in
from mcqdeck.read.source import report_encoding
from mcqdeck.words import KEYS, Override, closest_words, unfit

_PARSER_POSITION = pattern(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")
_LONGEST_PLACED = 2_000  # characters of a name
_MOST_SHOWN = 40  # characters of a value, or members of a list
_MOST_KNOWN = 120  # keys that a message lists
_MOST_GUESSES = 20  # unknown keys for which the one that was meant is looked for


def parse_config(
    path: str, data: bytes, rules: RuleNames = NO_RULES
) -> tuple[Config, tuple[Diagnostic, ...]]:
    """Reads `deck.toml`; `rules` tells which names `[rules]` may hold.

    What is wrong keeps its default. A missing or wrong `id` is empty.
    """
    reader = _Reader(path, data, rules)
    config = reader.config()
    return config, tuple(reader.collector.diagnostics)


class _Reader:
    """One reading of one `deck.toml`."""

    def __init__(self, path: str, data: bytes, rules: RuleNames) -> None:
        self.path = path
        self.rules = rules
        self.collector = Collector(source_mistakes.MISTAKES)
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
        position = _PARSER_POSITION.search(message)
        where = self.end
        if position and position[1]:
            where = Place(self.path, min(int(position[1]), len(self.lines)), int(position[2]))
        problem = _PARSER_POSITION.sub("", message)
        return where, problem[:1].lower() + problem[1:]

    def bad(self, where: Place, problem: str) -> None:
        """Reports a text that is no TOML; the first mark of git's that it has is why."""
        for number, line in enumerate(self.lines, 1):
            if CONFLICT_MARK.match(line):
                self.collector.report(source_mistakes.merge_conflict, Place(self.path, number))
                return
        advice = 'write `key = "text"`; a text stands in double quotes'
        self.collector.report(source_mistakes.deck_toml_bad, where, problem, advice)

    def config(self) -> Config:
        if self.is_toml:
            self.required()
        self.unknown(self.table, "", self.top_level)
        values = self.fields("", self.table)
        for name in TABLES:
            table = self.part(name)
            if name == "levels":
                values["levels"] = LEVELS if self.has_default_levels() else ()
            if name == "rules":
                values |= self.rule_settings(table)
            elif name == "plan":
                objectives = [objective for objective, _ in values["objectives"]]
                values["plan"] = self.plan(table, objectives, values["levels"])
            elif name == "exam":
                values["exam"] = self.exam(table)
            elif name == "words":
                values["words"] = self.words(table)
            else:
                values |= self.fields(name, table)
        required = {"id": "", "title": ""}
        return Config(path=self.path, places=tuple(self.places.items()), **(required | values))

    @property
    def top_level(self) -> tuple[str, ...]:
        """The keys and tables of the whole file."""
        return (*(setting.key for setting in settings_in("")), *TABLES)

    def fields(self, name: str, table: dict[str, Any]) -> dict[str, Any]:
        """The fields that a table gives, by the rows for it; a wrong key gives none."""
        settings = settings_in(name)
        if not settings:
            setting = setting_of(name)
            return {setting.field: self.pairs(table, name, setting)}
        if name:
            self.unknown(table, name, [setting.key for setting in settings])
        above = f"{name}." if name else ""
        values: dict[str, Any] = {}
        for setting in settings:
            if setting.is_pairs:
                entries = self.part(setting.key, table, above)
                values[setting.field] = self.pairs(entries, above + setting.key, setting)
            elif (value := self.value(table, above + setting.key, setting)) is not None:
                values[setting.field] = value
        return values

    def required(self) -> None:
        for setting in SETTINGS:
            if setting.example and setting.key not in self.table:
                self.collector.report(
                    source_mistakes.deck_toml_bad,
                    Place(self.path),
                    f"it has no `{setting.key}`",
                    f'add `{setting.key} = "{setting.example}"` above the first table',
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

    def value(self, table: dict[str, Any], name: str, setting: Setting, allowed: str = "") -> Any:
        """The value under the last part of `name`, `None` where it is absent or wrong."""
        key = name.rpartition(".")[2]
        if key not in table:
            return None
        value = setting.read(table[key])
        if value is None:
            advice = setting.suggest(table[key]) or allowed or setting.allowed
            self.reject(name, table[key], advice)
        return value

    def pairs(
        self, table: dict[str, Any], name: str, setting: Setting
    ) -> tuple[tuple[str, Any], ...]:
        """The entries of a table whose keys the author names, less those with a wrong value."""
        entries = ((key, self.value(table, f"{name}.{key}", setting)) for key in table)
        return tuple((key, value) for key, value in entries if value is not None)

    def rule_settings(self, table: dict[str, Any]) -> dict[str, Any]:
        """The set of rules and their severities."""
        rule_set = setting_of("rules", "set")
        self.unknown(table, "rules", (rule_set.key, *self.rules))
        for key in table:
            if self.rules.get(key) is False:
                self.collector.report(
                    source_mistakes.bad_value,
                    self.place(f"rules.{key}"),
                    key,
                    "overridden: it stops every build",
                    "no such line, and fix the fault",
                    len(key),
                )
        known = {key: value for key, value in table.items() if self.rules.get(key)}
        values = {"rules": self.pairs(known, "rules", setting_of("rules"))}
        chosen = self.value(table, f"rules.{rule_set.key}", rule_set)
        return values if chosen is None else values | {rule_set.field: chosen}

    def exam(self, table: dict[str, Any]) -> Exam | None:
        values = self.fields("exam", table)
        return Exam(**values) if table else None

    def words(self, table: dict[str, Any]) -> tuple[Override, ...]:
        overrides: list[Override] = []
        for key, value in table.items():
            if key not in KEYS:
                self.unknown([key], "words", closest_words(key))
            elif wanted := unfit(key, value):
                self.reject(f"words.{key}", value, wanted)
            else:
                overrides.append((key, value if isinstance(value, str) else tuple(value.items())))
        return tuple(overrides)

    def plan(
        self, table: dict[str, Any], objectives: Sequence[str], levels: Sequence[str]
    ) -> tuple[tuple[str, tuple[tuple[str, int | float], ...]], ...]:
        """Each objective's row; a level that stands for itself has its place in the row of all."""
        setting = setting_of("plan")
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
                row = self.pairs(value, f"plan.{name}", setting)
                plan.append((name, row))
                continue
            allowed = "" if is_level else f"{setting.allowed}, or these by level"
            amount = self.value(table, f"plan.{name}", setting, allowed)
            if amount is not None and is_level:
                own.append((name, amount))
            elif amount is not None:
                plan.append((name, (("", amount),)))
        return (*plan, *([("", tuple(own))] if own else ()))

    def has_default_levels(self) -> bool:
        """Whether the author meant no levels of their own, be it in a form that cannot be read."""
        meant = (name for name in self.table if closest(name, self.top_level) == "levels")
        return self.is_toml and not any(self.table[name] for name in meant)

    def unknown(self, table: Iterable[str], above: str, known: Sequence[str]) -> None:
        names = frozenset(known)
        for key in table:
            if key not in names:
                name = f"{above}.{key}" if above else key
                meant = closest(key, known) if self.guesses < _MOST_GUESSES else None
                self.guesses += 1
                self.collector.report(
                    source_mistakes.unknown_key, self.place(name), key, known[:_MOST_KNOWN], meant
                )

    def reject(self, name: str, value: object, allowed: str) -> None:
        shown = _shown(value)
        where = self.place(name)
        self.collector.report(
            source_mistakes.bad_value,
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
