"""What is known of a bank, and what of it must be asked again after a save."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mcqdeck import read, render
from mcqdeck.build import CATALOGUE, NAMES
from mcqdeck.check import ADVICE_RULES, FORM_RULES, Severities, apply_settings, check_questions
from mcqdeck.diagnostic import Diagnostic, Rule, Severity
from mcqdeck.model import Bank, Chapter, Config
from mcqdeck.preview.carrying import Carried, carried
from mcqdeck.read.config import parse_config
from mcqdeck.read.folder import STYLE, is_chapter, is_text
from mcqdeck.read.parse import parse_chapter

_QUESTION_RULES: tuple[Rule, ...] = (*FORM_RULES, *ADVICE_RULES)
_FORM = frozenset(rule.name for rule in read.MISTAKES)
_OF_READING = _FORM | {rule.name for rule in render.MISTAKES}
_OF_BANKS = frozenset(NAMES) - {rule.name for rule in _QUESTION_RULES}
"""What one chapter alone cannot tell of."""


@dataclass(frozen=True, slots=True)
class Known:
    """The bank as its files have it, with what is wrong."""

    bank: Bank
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]

    @property
    def broken(self) -> frozenset[str]:
        """The paths of the files whose form is at fault."""
        return frozenset(
            each.where.path
            for each in self.diagnostics
            if each.name in _FORM and each.severity is Severity.ERROR
        )

    @property
    def config_is_good(self) -> bool:
        """Whether the settings can be used: a broken file gives none, or wrong ones."""
        path = self.bank.config.path
        return path in self.texts and path not in self.broken


@dataclass(frozen=True, slots=True)
class Files:
    """What is in a bank's folder: texts by path, the names of the others, and what is wrong."""

    texts: Mapping[str, bytes]
    others: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


def refreshed(known: Known, now: Files, changed: Collection[str], first: Collection[str]) -> Known:
    """What is known, with the `changed` files read and checked again.

    If the settings that chapters are read by changed too, then so are the chapters in `first`.
    """
    folder, old = Path(known.bank.folder), known.bank
    config, found = _config(old.config, now, changed)
    is_same = _for_chapters(config) == _for_chapters(old.config)
    stale = changed if is_same else {*changed, *first}
    found += now.problems
    chapters: list[Chapter] = []
    named = {chapter.path: chapter for chapter in old.chapters}
    for path, data in now.texts.items():
        if not is_chapter(Path(path).relative_to(folder).as_posix()):
            continue
        chapter = named.get(path)
        if chapter is None or path in stale:
            chapter, told = parse_chapter(path, data, config, NAMES)
            found += told
        chapters.append(chapter)
    style = read.decode(now.texts.get((folder / STYLE).as_posix(), b"")).text
    bank = Bank(old.folder, config, tuple(chapters), now.others, style)
    fresh = [each for each in chapters if each is not named.get(each.path)]
    parts = [_carried(known, now, each, named.get(each.path), is_same) for each in fresh]
    names = (name for name in now.others if not is_text(name))
    kept = {*now.texts, *((folder / name).as_posix() for name in names)}
    kept -= {*changed, *(each.path for each in fresh)}
    together = {
        *_told(bank, [part.asked for part in parts], Severities(config, CATALOGUE), found),
        *(each for part in parts for each in part.diagnostics),
        *(each for each in known.diagnostics if each.where.path in kept),
    }
    in_order = sorted(together, key=lambda each: (each.where, each.name, each.message))
    return Known(bank, tuple(in_order), now.texts)


def _carried(
    known: Known, now: Files, chapter: Chapter, before: Chapter | None, is_same: bool
) -> Carried:
    """What need not be asked again of a chapter that was read again, and what must be.

    `is_same` says that the settings by which it is read are the same.
    """
    if before is None or not is_same:
        return Carried(chapter, ())
    told = [
        each
        for each in known.diagnostics
        if each.where.path == chapter.path and each.name not in _OF_READING
    ]
    return carried((before, known.texts[chapter.path]), (chapter, now.texts[chapter.path]), told)


def _config(old: Config, now: Files, changed: Collection[str]) -> tuple[Config, list[Diagnostic]]:
    """The settings as they are now, and what is wrong with them if they changed."""
    if old.path not in changed:
        return old, []
    data = now.texts.get(old.path)
    if data is None:
        return Config(old.path, "", ""), []
    config, told = parse_config(old.path, data, NAMES)
    return config, [*told]


def _for_chapters(config: Config) -> Config:
    """The settings without all that no chapter is read by."""
    return replace(
        config,
        title="",
        description="",
        authors=(),
        license="",
        rule_set="",
        rules=(),
        plan=(),
        words=(),
        dropped=(),
        renamed=(),
        places=(),
    )


def _told(
    bank: Bank, chapters: Sequence[Chapter], severities: Severities, found: Sequence[Diagnostic]
) -> list[Diagnostic]:
    """What is wrong with these chapters by themselves, and `found`, by the bank's settings."""
    asked = replace(bank, chapters=tuple(chapters))
    told = [*found, *check_questions(asked, severities)]
    told += [each for each in render.inspect(asked) if each.name != "media-unused"]
    return list(apply_settings(asked, severities, told, _OF_BANKS))
