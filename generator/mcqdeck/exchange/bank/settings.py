"""From settings to the text of `deck.toml`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from mcqdeck.model import LEVELS, Config


def deck_toml(config: Config) -> str:
    """The text of `deck.toml`: what is set, and nothing that is the default anyway."""
    return "\n".join(_lines(config)) + "\n"


def _lines(config: Config) -> Iterator[str]:
    yield f"id = {text(config.id)}"
    yield f"title = {text(config.title)}"
    if config.description:
        yield f"description = {_long_text(config.description)}"
    if config.authors:
        yield f"authors = [{', '.join(map(text, config.authors))}]"
    if config.license:
        yield f"license = {text(config.license)}"
    yield f"language = {text(config.language)}"
    cards = [("flashcards", config.flashcards), ("shuffle", config.shuffle)]
    if not all(value for _, value in cards):
        yield from ("", "[cards]")
        yield from (f"{name} = false" for name, value in cards if not value)
    if config.objectives:
        yield from ("", "[objectives]")
        yield from (f"{text(name)} = {text(words)}" for name, words in config.objectives)
    if config.levels != LEVELS:
        yield from ("", "[levels]", f"names = [{', '.join(map(text, config.levels))}]")


def text(value: str) -> str:
    """A TOML string, whose escapes are those of JSON (https://toml.io/en/v1.0.0#string)."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long_text(value: str) -> str:
    if "\n" not in value:
        return text(value)
    lines = (text(line)[1:-1] for line in value.strip("\n").split("\n"))
    return '"""\n' + "\n".join(lines) + '\n"""'
