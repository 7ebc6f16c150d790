"""The settings of a bank as plain values in the shape of `deck.toml`, and as its text."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mcqdeck.model import LEVELS, RULE_SETS, Config, Exam
from mcqdeck.read.settings import settings_in

_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Config)}
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)[ \t]*%")


def settings_of(config: Config) -> dict[str, Any]:
    """What `deck.toml` says, and nothing that is the default anyway."""
    cards = {
        switch.key: getattr(config, switch.field)
        for switch in settings_in("cards")
        if getattr(config, switch.field) != _DEFAULTS[switch.field]
    }
    exam = config.exam or Exam()
    rules = {"set": config.rule_set} if config.rule_set != RULE_SETS[0] else {}
    settings: dict[str, Any] = {
        "description": config.description,
        "authors": list(config.authors),
        "license": config.license,
        "language": config.language,
        "repository": config.repository,
        "report": config.report,
        "cards": cards,
        "exam": {
            limit.key: value
            for limit in settings_in("exam")
            if (value := getattr(exam, limit.field)) is not None
        },
        "objectives": dict(config.objectives),
        "levels": {"names": list(config.levels)} if config.levels not in (LEVELS, ()) else {},
        "rules": rules | dict(config.rules),
        "plan": dict(_plan(config)),
        "words": {
            key: value if isinstance(value, str) else dict(value) for key, value in config.words
        },
        "history": {
            past.key: dict(ids)
            for past in settings_in("history")
            if (ids := getattr(config, past.field))
        },
    }
    return {"id": config.id, "title": config.title} | {
        key: value for key, value in settings.items() if value
    }


def _plan(config: Config) -> Iterator[tuple[str, Any]]:
    for name, row in config.plan:
        amounts = {level: _amount(amount) for level, amount in row}
        if not name:
            yield from amounts.items()
        elif amounts.keys() == {""}:
            yield name, amounts[""]
        else:
            yield name, amounts


def _amount(amount: float) -> int | str:
    """A number of questions, or a share of them in per cent."""
    return amount if isinstance(amount, int) else f"{amount * 100:g}%"


def config_of(path: str, settings: Mapping[str, Any]) -> Config:
    """The settings as a value; what is of another type than in `deck.toml` is not taken."""
    cards, exam, history = (_table(settings.get(name)) for name in ("cards", "exam", "history"))
    levels = tuple(_texts(_table(settings.get("levels")).get("names"))) or LEVELS
    objectives = _pairs(settings.get("objectives"))
    rules = dict(_pairs(settings.get("rules")))
    rule_set = rules.pop("set", "")
    limits = {
        limit.field: exam[limit.key]
        for limit in settings_in("exam")
        if type(exam.get(limit.key)) in (int, float)
    }
    switches: dict[str, Any] = {
        switch.field: cards[switch.key]
        for switch in settings_in("cards")
        if isinstance(cards.get(switch.key), bool)
    }
    past: dict[str, Any] = {
        setting.field: _pairs(history.get(setting.key)) for setting in settings_in("history")
    }
    return Config(
        path=path,
        id=_text(settings.get("id")),
        title=_text(settings.get("title")),
        description=_text(settings.get("description")),
        authors=tuple(_texts(settings.get("authors"))),
        license=_text(settings.get("license")),
        language=_text(settings.get("language")) or "en",
        repository=_text(settings.get("repository")),
        report=_text(settings.get("report")),
        **switches,
        exam=Exam(**limits) if limits else None,
        objectives=objectives,
        levels=levels,
        rule_set=rule_set if rule_set in RULE_SETS else RULE_SETS[0],
        rules=tuple(rules.items()),
        plan=tuple(_rows(_table(settings.get("plan")), levels, dict(objectives))),
        words=tuple(
            (key, value if isinstance(value, str) else _pairs(value))
            for key, value in _table(settings.get("words")).items()
            if isinstance(value, str | dict)
        ),
        **past,
    )


def _rows(
    plan: Mapping[str, Any], levels: Sequence[str], objectives: Mapping[str, str]
) -> Iterator[tuple[str, tuple[tuple[str, int | float], ...]]]:
    own: list[tuple[str, int | float]] = []
    for name, value in plan.items():
        cells = value if isinstance(value, dict) else {"": value}
        row = tuple((level, amount) for level, cell in cells.items() for amount in _amounts(cell))
        if name in levels and name not in objectives and not isinstance(value, dict):
            own += ((name, amount) for _, amount in row)
        elif row:
            yield name, row
    if own:
        yield "", tuple(own)


def _amounts(value: Any) -> Iterator[int | float]:
    """The one amount that a value of the plan says, if it says any."""
    if type(value) is int:
        yield value
    elif isinstance(value, str) and (share := _SHARE.fullmatch(value)):
        yield float(share[1]) / 100


def deck_toml(config: Config) -> str:
    """The text of `deck.toml`."""
    settings = settings_of(config) | {"language": config.language}
    return "\n".join(_lines(settings)) + "\n"


def _lines(settings: Mapping[str, Any]) -> Iterator[str]:
    for key, value in settings.items():
        if not isinstance(value, dict):
            yield f"{key} = {_long_text(value) if key == 'description' else _value(value)}"
    for name, table in settings.items():
        if name == "history":
            for key, value in table.items():
                yield from ("", f"[{name}.{key}]", *_entries(value))
        elif isinstance(table, dict):
            yield from ("", f"[{name}]", *_entries(table))


def _entries(table: Mapping[str, Any]) -> Iterator[str]:
    return (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)


def _value(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(_entries(value))} }}"
    return json.dumps(value)


def _string(value: str) -> str:
    """A TOML string, whose escapes are those of JSON (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long_text(value: str) -> str:
    if "\n" not in value:
        return _string(value)
    lines = (_string(line)[1:-1] for line in value.strip("\n").split("\n"))
    return '"""\n' + "\n".join(lines) + '\n"""'


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> Iterator[str]:
    return (text for text in (value if isinstance(value, list) else ()) if isinstance(text, str))


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    """The entries of a table that are texts."""
    return tuple((key, text) for key, text in _table(value).items() if isinstance(text, str))
