"""JSON of our own, which holds all that a bank has; `schema.json` beside this file describes it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.bank.settings import config_of, settings_of
from mcqdeck.exchange.item import (
    Attachment,
    Contents,
    Item,
    Kind,
    LeftOut,
    Option,
    Source,
    Text,
    Written,
)
from mcqdeck.exchange.text import text_of
from mcqdeck.model import Place

FORMAT = "mcqdeck"
VERSION = 1
_PATH = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\\x00-\x1f]+")


def read(source: Source) -> Contents:
    """The questions of a file of this form.

    Raises:
        McqdeckError: it is not JSON, or of a newer version.
    """
    data = loaded(source)
    if not is_own(data):
        raise McqdeckError(f"{source.name}: not mcqdeck's own JSON, which begins with `format`")
    if data.get("version", VERSION) != VERSION:
        raise McqdeckError(f"{source.name}: made by a newer mcqdeck; update mcqdeck to read it")
    made = [
        _item(entry, Place(source.name, 1, number))
        for number, entry in enumerate(_list(data.get("questions")), start=1)
    ]
    bank = data.get("bank")
    return replace(
        Contents.of(made, tuple(_files(source.name, data.get("files")))),
        config=config_of(source.name, bank) if isinstance(bank, dict) else None,
        style=_text(data.get("style")),
    )


def loaded(source: Source) -> Any:
    """The value of a JSON text.

    Raises:
        McqdeckError: it is not JSON.
    """
    try:
        return json.loads(text_of(source))
    except json.JSONDecodeError as error:
        raise McqdeckError(
            f"{source.name}:{error.lineno}:{error.colno}: not JSON: {error.msg}"
        ) from error
    except RecursionError as error:
        raise McqdeckError(
            f"{source.name}: not JSON that can be read: nested too deeply"
        ) from error
    except ValueError as error:  # Python reads no number of thousands of digits
        raise McqdeckError(
            f"{source.name}: not JSON that can be read: it has a number of thousands of digits"
        ) from error


def is_own(data: Any) -> bool:
    """Whether a JSON value is of this form."""
    return isinstance(data, dict) and data.get("format") == FORMAT


def write(contents: Contents) -> Written:
    """The contents in this form."""
    data: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if contents.config:
        data["bank"] = settings_of(contents.config)
    data["questions"] = [dict(_question(item)) for item in contents.items]
    if contents.style:
        data["style"] = contents.style
    if contents.files:
        data["files"] = {file.path: base64.b64encode(file.data).decode() for file in contents.files}
    return Written((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())


def _question(item: Item) -> Iterator[tuple[str, Any]]:
    """The keys of a question; one that says nothing is left out."""
    yield "id", item.id
    if item.category:
        yield "chapter", list(item.category) if len(item.category) > 1 else item.category[0]
    yield "stem", item.stem.markdown
    yield "options", [dict(_option(option)) for option in item.options]
    for key, value in (
        ("explanation", item.explanation.markdown),
        ("references", item.references.markdown),
        ("objective", item.objective),
        ("level", item.level),
        ("difficulty", item.difficulty),
        ("tags", list(item.tags)),
        ("retired", item.retired),
    ):
        if value:
            yield key, value
    if item.keeps_order and not item.is_true_false:
        yield "shuffle", False
    if not item.has_flashcard:
        yield "flashcard", False


def _option(option: Option) -> Iterator[tuple[str, Any]]:
    yield "text", option.text.markdown
    yield "correct", option.is_correct
    if option.rationale:
        yield "rationale", option.rationale.markdown


def _item(entry: Any, where: Place) -> Item | LeftOut:
    if not isinstance(entry, dict):
        return LeftOut(where, Kind.DAMAGED, "", "a question is an object")
    stem = Text(_text(entry.get("stem")))
    options = _list(entry.get("options"))
    if not all(isinstance(option, dict) for option in options) or len(options) < 2:
        reason = "`options` is a list of two objects or more, each with `text` and `correct`"
        return LeftOut(where, Kind.DAMAGED, words_of(stem), reason)
    chapter = entry.get("chapter")
    level, difficulty = entry.get("level"), entry.get("difficulty")
    return Item(
        where=where,
        stem=stem,
        options=tuple(
            Option(
                Text(_text(option.get("text"))),
                option.get("correct") is True,
                Text(_text(option.get("rationale"))),
            )
            for option in options
        ),
        explanation=Text(_text(entry.get("explanation"))),
        references=Text(_text(entry.get("references"))),
        id=_text(entry.get("id")),
        category=tuple(map(_text, chapter))
        if isinstance(chapter, list)
        else ((chapter,) if isinstance(chapter, str) and chapter else ()),
        tags=tuple(_text(tag) for tag in _list(entry.get("tags"))),
        objective=_text(entry.get("objective")),
        level=_text(level),
        difficulty=difficulty if isinstance(difficulty, int) and 1 <= difficulty <= 5 else None,
        keeps_order=entry.get("shuffle") is False,
        has_flashcard=entry.get("flashcard") is not False,
        retired=_text(entry.get("retired")),
    )


def _files(name: str, files: Any) -> Iterator[Attachment]:
    if not isinstance(files, dict):
        return
    for path, text in files.items():
        if not _PATH.fullmatch(path) or PurePosixPath(path).is_absolute():
            raise McqdeckError(f"{name}: the path of a file leads out of the bank: {path!r}")
        try:
            yield Attachment(path, base64.b64decode(_text(text), validate=True))
        except (binascii.Error, ValueError) as error:
            raise McqdeckError(f"{name}: the file {path} is not base64: {error}") from error


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
