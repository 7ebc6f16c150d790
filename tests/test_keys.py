"""Each key of `deck.toml` and of comments is known from one row of its table."""

from __future__ import annotations

from dataclasses import fields

import pytest

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.model import Config, Exam
from mcqdeck.read.comment_keys import COMMENT_KEYS, CommentKey
from mcqdeck.read.config import parse_config
from mcqdeck.read.metadata import Metadata
from mcqdeck.read.parse import parse_chapter
from mcqdeck.read.settings import SETTINGS, TABLES, Setting

HEAD = 'id = "demo"\ntitle = "Demo"\n'
NAMED = [setting for setting in SETTINGS if setting.key and not setting.example]
CONFIG = Config("deck.toml", "demo", "Demo")


def said_of(settings: str) -> tuple[Diagnostic, ...]:
    return parse_config("deck.toml", settings.encode())[1]


def said_of_comment(comment: str) -> tuple[Diagnostic, ...]:
    chapter = f"# T\n\n## a-b\n<!-- {comment} -->\n\nWhy?\n\n- [x] One\n- [ ] Two\n"
    return parse_chapter("01.md", chapter.encode(), CONFIG)[1]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: f"{setting.table}.{setting.key}")
def test_a_setting_has_a_field(setting: Setting) -> None:
    holder = Exam if setting.table == "exam" else Config

    assert setting.field in {field.name for field in fields(holder)}


@pytest.mark.parametrize("key", COMMENT_KEYS, ids=lambda key: key.name)
def test_a_key_of_comments_has_a_field(key: CommentKey) -> None:
    assert key.name in {field.name for field in fields(Metadata)}


@pytest.mark.parametrize("setting", NAMED, ids=lambda setting: f"{setting.table}.{setting.key}")
def test_a_misspelt_setting_is_recognised(setting: Setting) -> None:
    head = f"[{setting.table}]\n" if setting.table else ""
    misspelt = f"{setting.key}x"

    [diagnostic] = said_of(f"{HEAD}{head}{misspelt} = 1\n")

    assert diagnostic.message == f"unknown key `{misspelt}`; did you mean `{setting.key}`?"


@pytest.mark.parametrize("table", TABLES)
def test_a_misspelt_table_is_recognised(table: str) -> None:
    [diagnostic] = said_of(f"{HEAD}[{table}x]\n")

    assert diagnostic.message == f"unknown key `{table}x`; did you mean `{table}`?"


@pytest.mark.parametrize("key", COMMENT_KEYS, ids=lambda key: key.name)
def test_a_misspelt_key_of_comments_is_recognised(key: CommentKey) -> None:
    [diagnostic] = said_of_comment(f"{key.name}x: 1")

    assert diagnostic.message == f"unknown key `{key.name}x`; did you mean `{key.name}`?"


@pytest.mark.parametrize("setting", NAMED, ids=lambda setting: f"{setting.table}.{setting.key}")
def test_a_setting_with_a_wrong_value_is_told_what_to_write(setting: Setting) -> None:
    head = f"[{setting.table}]\n" if setting.table else ""

    [diagnostic] = said_of(f"{HEAD}{head}{setting.key} = 1979-05-27\n")

    assert diagnostic.message == f"`{setting.key}` cannot be 1979-05-27"
    assert setting.is_pairs or diagnostic.help == f"write {setting.allowed}"


@pytest.mark.parametrize("key", COMMENT_KEYS, ids=lambda key: key.name)
def test_a_key_of_comments_with_a_wrong_value_is_told_what_to_write(key: CommentKey) -> None:
    diagnostics = said_of_comment(f"{key.name}: [{{}}]")

    assert {diagnostic.name for diagnostic in diagnostics} == {"bad-value"}
    assert key.name == "level" or diagnostics[0].help == f"write {key.allowed}"
