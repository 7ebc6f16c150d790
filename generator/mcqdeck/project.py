"""Joins the stages that check: from folders to checked banks, and fixes in their sources."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from mcqdeck import chapter, files, pack, read, render
from mcqdeck.baseline import Baseline, Comparison
from mcqdeck.diagnostic import Diagnostic, McqdeckError, Rule, RuleNames, Severity
from mcqdeck.disk import rewrite
from mcqdeck.fixes import apply_fixes
from mcqdeck.model import RenderedBank
from mcqdeck.rules import (
    ADVICE_RULES,
    ALL_RULES,
    BANK_RULES,
    COMPARE_BANKS,
    FORM_RULES,
    UNUSED_ALLOW,
    CheckedBanks,
    Selection,
    Severities,
    apply_settings,
    check_banks,
)
from mcqdeck.store import Entries, digest
from mcqdeck.workers import work_all

__all__ = [
    "Baseline",
    "Checked",
    "Comparison",
    "banks_below",
    "check",
    "find_banks",
    "load",
    "meant_chapters",
    "rewrite_sources",
]

CATALOGUE: tuple[Rule, ...] = (
    *read.MISTAKES,
    *FORM_RULES,
    *ADVICE_RULES,
    *BANK_RULES,
    UNUSED_ALLOW,
    *render.MISTAKES,
    *pack.MISTAKES,
)
"""Every diagnostic there is."""

NAMES: RuleNames = {rule.name: rule.is_adjustable for rule in CATALOGUE}
"""The names of all rules, and whether banks may override and questions suppress them."""

ADJUSTABLE = tuple(name for name, is_adjustable in NAMES.items() if is_adjustable)
"""The rules whose severity `[rules]` may override, and which `allow` may suppress."""

_BUILD_ONLY = frozenset({"vanished-flashcard"})

Progress = Callable[[str], None]
"""Told the name of each step as it begins, such as the `CHECK_STEPS` of each bank."""

NO_TEXTS = read.NO_TEXTS

CHECK_STEPS = 2


@dataclass(frozen=True, slots=True)
class Checked:
    """Banks that were read and checked, with everything that is wrong, by place."""

    banks: tuple[RenderedBank, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    """The bytes of the banks' text files by path."""

    from_cache: int = 0
    """How many chapters were remembered."""

    keys: Mapping[str, str] = field(default_factory=dict)
    """What the result of each chapter is remembered under, by its path."""

    @property
    def chapters(self) -> int:
        """How many chapters there are in the banks."""
        return sum(len(bank.chapters) for bank in self.banks)

    @property
    def questions(self) -> int:
        """How many questions there are in the banks."""
        return sum(len(chapter.entries) for bank in self.banks for chapter in bank.chapters)

    @property
    def has_errors(self) -> bool:
        """Whether anything stops a build."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    def and_also(self, diagnostics: Sequence[Diagnostic]) -> Checked:
        """The same banks with more that is wrong."""
        return replace(self, diagnostics=_in_order((*self.diagnostics, *diagnostics)))

    def only(self, diagnostics: Sequence[Diagnostic]) -> Checked:
        """The same banks with just these diagnostics."""
        return replace(self, diagnostics=tuple(diagnostics))

    def without_compared(self) -> Checked:
        """The same banks without what only the rules for banks need, which is large."""
        return replace(self, banks=tuple(map(_without_compared, self.banks)))

    def lines(self) -> dict[str, list[str]]:
        """The lines of each file that a diagnostic points into, by path."""
        paths = {diagnostic.where.path for diagnostic in self.diagnostics}
        return {
            path: read.split(read.decode(data).text)
            for path, data in self.texts.items()
            if path in paths
        }


def _without_compared(bank: RenderedBank) -> RenderedBank:
    return replace(
        bank, chapters=tuple(replace(rendered, compared=()) for rendered in bank.chapters)
    )


@dataclass(frozen=True, slots=True)
class Means:
    """What chapters are worked out with: a store of earlier results, and a number of processes.

    `jobs` of `None` means as many as are worth it.
    """

    store: Entries | None = None
    jobs: int | None = 1


@dataclass(frozen=True, slots=True)
class Glance:
    """A quick look at what a save changed, which leaves the rest to a check.

    Of chapters that are neither `urgent` nor remembered it takes what was remembered under the key
    that they had `before`. The rules for banks are not asked. Both name chapters by their paths.
    What each question gives is remembered in `parts`.
    """

    urgent: Collection[str]
    before: Mapping[str, str]
    parts: Entries | None = None


def find_banks(path: Path) -> tuple[Path, ...]:
    """The banks that a person means by `path`: itself, or those in the folders below it.

    A chapter and a `deck.toml` stand for themselves and for their folder.

    Raises:
        McqdeckError: there is no such file or folder, or no bank in it.
    """
    kind = files.kind_of(path)
    if kind is files.Kind.FILE:
        return (_meant_by(path),)
    if kind is files.Kind.NOTHING:
        raise McqdeckError(f"{path.as_posix()}: no such file or folder")
    if kind is not files.Kind.FOLDER:
        raise files.irregular(path, kind)
    if has_config(path):
        return (path,)
    if below := banks_below(path):
        return tuple(below)
    if any(read.is_chapter(entry.name) for entry in _inside(path)):
        return (path,)
    raise McqdeckError(f"{path.as_posix()}: no bank in this folder (a folder with deck.toml)")


def _meant_by(file: Path) -> Path:
    """The bank or the chapter that a person means by a file.

    Raises:
        McqdeckError: it is neither.
    """
    if file.name == read.CONFIG:
        return file.parent
    if read.is_chapter(file.name):
        return file
    shown = file.as_posix()
    if file.suffix.lower() == ".md":
        raise McqdeckError(f"{shown}: not a chapter: a README is for readers of the source")
    raise McqdeckError(f"{shown}: neither a bank nor a chapter (*.md)")


def banks_below(path: Path) -> list[Path]:
    """The banks that are folders in the folder `path`, in order.

    Raises:
        McqdeckError: it cannot be read.
    """
    inside = _inside(path)
    return [folder for folder in inside if not folder.name.startswith(".") and has_config(folder)]


def _inside(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir())
    except OSError as error:
        raise files.unreadable(path, error) from error


def has_config(folder: Path) -> bool:
    """Whether a folder is a bank: whether a `deck.toml` is in it, whatever that is.

    Raises:
        McqdeckError: that cannot be told.
    """
    return files.kind_of(folder / read.CONFIG) is not files.Kind.NOTHING


def load(folder: Path) -> read.Reading:
    """Reads the bank in `folder`: its questions as values, and what is wrong with their form.

    Raises:
        McqdeckError: a file cannot be read.
    """
    return read.read_bank(folder, NAMES)


def check(
    paths: Sequence[Path],
    progress: Progress = lambda _: None,
    *,
    selection: Selection = ALL_RULES,
    means: Means = Means(),
    texts: Mapping[str, bytes] = NO_TEXTS,
    glance: Glance | None = None,
) -> Checked:
    """Reads, checks and renders the banks in `paths`; a chapter is checked within its bank.

    `selection` says which rules the run is about. The result does not depend on the `means`. A
    text file whose path is in `texts` is read as if it held those bytes. With a `glance` the
    result may be out of date in part.

    Raises:
        McqdeckError: a file cannot be read.
    """
    sources = _sources(paths, progress, texts)
    works: list[_Work] = []
    for source, only in sources:
        progress(f"Checking {source.folder}")
        works.append(_work(source, only, selection, means, glance))
    banks = tuple(work.bank for work in works)
    together = () if glance else _check_together(works, means.store)
    incomplete = _BUILD_ONLY if len(banks) > 1 else _BUILD_ONLY | COMPARE_BANKS
    if glance:
        incomplete |= {rule.name for rule in BANK_RULES}
    diagnostics: set[Diagnostic] = set()
    for work in works:
        diagnostics.update(work.adjusted(together, incomplete))
    held = {path: data for source, _ in sources for path, data in source.texts.items()}
    keys = {path: key for work in works for path, key in work.keys.items()}
    return Checked(
        banks, _in_order(diagnostics), held, sum(work.from_cache for work in works), keys
    )


def _check_together(works: Sequence[_Work], store: Entries | None) -> tuple[Diagnostic, ...]:
    """What is wrong with the banks of a run as a whole; remembered while nothing changes."""
    key = None
    if store:
        with suppress(UnicodeEncodeError):  # a path that is no UTF-8
            key = digest(b"banks", *(part for work in works for part in work.identity()))
    remembered = store.get(key) if store and key else None
    if remembered is not None:
        with suppress(ValueError):
            return _DIAGNOSTICS.decode(remembered)
    folders = [os.fsencode(work.bank.folder) for work in works]
    alike = digest(b"alike", sys.byteorder.encode(), *folders)
    banks = CheckedBanks([work.bank for work in works], store.get(alike) if store else None)
    together = tuple(check_banks(banks, [work.severities for work in works]))
    if store and banks.remembered is not None:
        store.put(alike, banks.remembered)
    if store and key:
        with suppress(UnicodeEncodeError):
            store.put(key, msgspec.msgpack.encode(together))
    return together


_DIAGNOSTICS = msgspec.msgpack.Decoder(tuple[Diagnostic, ...])


@dataclass(frozen=True, slots=True)
class _Work:
    """A bank whose chapters are done, and what is wrong with them, not adjusted to its settings.

    `only` are the chapters that are meant; `None` means all.
    """

    sources: read.Sources
    only: Set[Path] | None
    bank: RenderedBank
    severities: Severities
    diagnostics: tuple[Diagnostic, ...]
    keys: Mapping[str, str]
    """What the results of its chapters are remembered under, by path."""

    from_cache: int

    def identity(self) -> Iterator[bytes]:
        """What the rules for banks depend on."""
        bank = self.bank
        names = sorted(self.severities.names)
        yield msgspec.msgpack.encode((bank.folder, bank.config, names, (*self.keys.values(),)))

    def adjusted(
        self, together: Iterable[Diagnostic], incomplete: Collection[str]
    ) -> Iterator[Diagnostic]:
        """What is wrong with what is meant, with the bank's severities.

        `together` is what is wrong with the banks of the run as a whole.
        """
        sources = self.sources
        mine = (
            *self.diagnostics,
            *(diagnostic for diagnostic in together if diagnostic.where.path in sources.texts),
        )
        hidden = {
            path
            for path in (*sources.texts, *sources.unread)
            if self.only and _spot(Path(path)) not in self.only
        }
        for diagnostic in apply_settings(self.bank, self.severities, mine, incomplete):
            if diagnostic.where.path not in hidden:
                yield diagnostic


def _work(
    sources: read.Sources,
    only: Set[Path] | None,
    selection: Selection,
    means: Means,
    glance: Glance | None,
) -> _Work:
    """Does the chapters of a bank, or remembers them, and joins what they give."""
    config = sources.config
    severities = Severities(config, CATALOGUE, selection)
    settings = chapter.settings_for(config, severities, NAMES)
    shelf = render.Shelf(sources.folder, config.id, sources.files)
    results, keys, from_cache = _results(sources, settings, shelf, means, glance)
    style, problems = render.render_style(
        sources.folder, sources.style, dict(sources.sheets), shelf
    )
    targets = [target for result in results for target in result.targets(shelf)]
    bank = RenderedBank(
        folder=sources.folder,
        config=config,
        chapters=tuple(result.chapter for result in results),
        files=sources.files,
        style=style.text,
        media=render.media_of((*targets, *style.targets)),
    )
    diagnostics = [*sources.diagnostics, *problems]
    for result in results:
        diagnostics += result.diagnostics
    diagnostics += pack.check_history(bank)
    diagnostics += pack.check_language(bank)
    diagnostics += render.check_description(config)
    diagnostics += pack.check_decks(bank)
    if only is None:
        named = style.named.union(*(result.named for result in results))
        diagnostics += render.unused_files(bank, shelf, named, sources.left_out)
    return _Work(sources, only, bank, severities, tuple(diagnostics), keys, from_cache)


def _results(
    sources: read.Sources,
    settings: chapter.Settings,
    shelf: render.Shelf,
    means: Means,
    glance: Glance | None,
) -> tuple[list[chapter.Result], Mapping[str, str], int]:
    """What each chapter of a bank gives, their keys, and how many of them were remembered."""
    packed = settings.packed
    keys = {
        path: chapter.key(path, sources.texts[path], packed, sources.folder)
        for path in sources.chapters
    }
    known: dict[str, chapter.Result] = {}
    if means.store:
        for path in sources.chapters:
            result = _remembered(path, keys[path], shelf, means.store)
            if result is None and glance and path not in glance.urgent:
                result = _remembered(path, glance.before.get(path, ""), None, means.store)
            if result:
                known[path] = result
    tasks = [(path, sources.texts[path]) for path in sources.chapters if path not in known]
    parts = glance.parts if glance else None
    done = work_all(tasks, settings, shelf, means.jobs, parts)
    for (path, _), data in zip(tasks, done, strict=True):
        if means.store:
            means.store.put(keys[path], data)
        known[path] = chapter.unpacked(path, data)
    results = [known[path] for path in sources.chapters]
    return results, keys, len(results) - len(tasks)


def _remembered(
    path: str, key: str, shelf: render.Shelf | None, store: Entries
) -> chapter.Result | None:
    """What is remembered under a key, if the media on the shelf, if one is given, are the same."""
    data = store.get(key) if key else None
    if data is None:
        return None
    try:
        result = chapter.unpacked(path, data)
    except ValueError:
        result = None
    is_current = result and (shelf is None or chapter.is_current(result, shelf))
    return result if is_current else None


def _sources(
    paths: Sequence[Path], progress: Progress, texts: Mapping[str, bytes] = NO_TEXTS
) -> list[tuple[read.Sources, set[Path] | None]]:
    """The banks that the paths name or lie in, each once, with the chapters that are meant.

    `None` means all of them: the bank itself was named too.
    """
    homes: dict[Path, tuple[Path, set[Path] | None]] = {}
    for path in paths:
        is_chapter = files.kind_of(path) is files.Kind.FILE
        home = (_home(path) if is_chapter else None) or path
        first, chapters = homes.get(files.real(home), (home, set()))
        if chapters is not None and is_chapter:
            chapters = {*chapters, _spot(path)}
        homes[files.real(home)] = first, chapters if is_chapter else None
    pairs: list[tuple[read.Sources, set[Path] | None]] = []
    for home, chapters in homes.values():
        progress(f"Reading {home.as_posix()}")
        is_chapter = files.kind_of(home) is files.Kind.FILE
        if is_chapter:
            sources = read.chapter_sources(home, texts)
        else:
            sources = read.bank_sources(home, NAMES, texts)
        pairs.append((sources, chapters))
    return pairs


def meant_chapters(
    paths: Sequence[Path], progress: Progress = lambda _: None
) -> Iterator[tuple[read.Sources, tuple[str, ...], tuple[str, ...]]]:
    """The banks that the paths name or lie in, each with the paths of the chapters that are meant,
    and of those among them that are there and may not be read.

    Raises:
        McqdeckError: a file cannot be read.
    """
    for sources, only in _sources(paths, progress):
        chapters, unread = (
            tuple(path for path in paths if only is None or _spot(Path(path)) in only)
            for paths in (sources.chapters, sources.unread)
        )
        yield sources, chapters, tuple(path for path in unread if path.endswith(".md"))


def _home(chapter: Path) -> Path | None:
    """The bank of a chapter: the nearest folder above it with a `deck.toml`, if it takes it in."""
    above = [*chapter.parents]
    if not chapter.is_absolute():
        depth = len(Path.cwd().parents)
        above += [Path(*[".."] * steps) for steps in range(1, depth + 1)]
    home = next((folder for folder in above if has_config(folder)), None)
    if home is None:
        return None
    inside = _spot(chapter).relative_to(files.real(home))
    is_hidden = any(part.startswith(".") for part in inside.parts)
    return None if is_hidden else home


def _spot(path: Path) -> Path:
    """Where a file lies, by whatever path it was named; if it is a link, where the link lies."""
    return files.real(path.parent) / path.name


def fix(checked: Checked) -> tuple[str, ...]:
    """Writes the certain fixes into the sources, and returns the paths of the changed files.

    What is left, and what came with it, another `check` shows.

    Raises:
        McqdeckError: a file cannot be written, or is not as it was when it was checked.
    """
    fixed = apply_fixes(checked.texts, checked.diagnostics)
    rewrite_sources(checked.texts, fixed)
    return tuple(fixed)


def rewrite_sources(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Writes the files of `after`, by path, over those of `before`: all of them, or none.

    Raises:
        McqdeckError: a file cannot be written, or does not hold what it held before.
    """
    rewrite({Path(path): before[path] for path in after}, {Path(p): d for p, d in after.items()})


def _in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(
        sorted(
            diagnostics,
            key=lambda diagnostic: (diagnostic.where, diagnostic.name, diagnostic.message),
        )
    )
