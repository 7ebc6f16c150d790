"""A bank that is read once and then brought up to date, as its author saves its files."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from mcqdeck import files, read
from mcqdeck.diagnostic import Diagnostic, McqdeckError, Severity
from mcqdeck.model import RenderedBank
from mcqdeck.preview.memory import Memory, OutdatedError
from mcqdeck.preview.snapshot import Snapshot, changed_questions, chapters_in_view
from mcqdeck.project import NAMES, Checked, Glance, Means
from mcqdeck.project import check as check_banks
from mcqdeck.rules import BANK_RULES

_GRACE = 0.25  # seconds in which an editor may take a file away and put the new one in its place
_TICK = 0.02  # seconds between two looks for it
_FORM = frozenset(rule.name for rule in read.MISTAKES)
_OF_BANKS = frozenset(rule.name for rule in BANK_RULES)


@dataclass(frozen=True, slots=True)
class _Known:
    """The bank as its files have it, with what is wrong."""

    bank: RenderedBank
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]
    keys: Mapping[str, str]

    @property
    def broken(self) -> frozenset[str]:
        """The paths of the files whose form is at fault."""
        return frozenset(
            diagnostic.where.path for diagnostic in self.diagnostics if _breaks(diagnostic)
        )

    @property
    def unread(self) -> frozenset[tuple[str, str]]:
        """The paths of what is at fault and is no file that was read, each with what is wrong."""
        readable = self.texts.keys() | _files_of(self.bank)
        told = ((diagnostic.where.path, diagnostic.name) for diagnostic in self.diagnostics)
        return frozenset((path, name) for path, name in told if path not in readable)

    @property
    def config_is_good(self) -> bool:
        """Whether the settings can be used: a broken file gives none, or wrong ones."""
        path = self.bank.config.path
        return path in self.texts and path not in self.broken


class Project:
    """The bank in `folder`.

    `update` follows a save at once, and asks again only what concerns the saved files. `complete`
    asks everything, of the whole bank. Each gives a snapshot; they may run in two threads. Chapters
    that did not change are remembered in memory, and in the store of the `means`.
    """

    def __init__(self, folder: Path, means: Means) -> None:
        self.folder = folder
        self._memory = Memory(means.store)
        self._parts = Memory()  # of no use to another process
        self._jobs = means.jobs
        self._lock = Lock()
        self._saves = 0
        self._known: _Known | None = None
        self._good_config = b""
        self._now: Snapshot | None = None

    def complete(self) -> Snapshot | None:
        """Reads and checks the whole bank; nothing if a save came in between.

        Raises:
            McqdeckError: it cannot be read, and never could.
        """
        begun, known, saves = self._now, self._known, self._saves
        self._memory.turn()
        self._parts.turn()
        # A save shows at once only if it need not share the processor with a check of what was.
        store = self._memory.until(lambda: self._saves != saves)
        try:
            checked = self._check(Means(store, self._jobs))
        except OutdatedError:
            return None
        except McqdeckError as error:
            if begun is None:
                raise
            return self.in_trouble(str(error))
        with self._lock:
            if self._now is not begun:
                return None
            fresh = _known(checked)
            # A file that was saved after the work began has been read here, before it was told of.
            changed = _changed(known, fresh, ()) if known else ()
            return self._step(fresh, is_complete=True, saved=tuple(sorted(changed)))

    def interrupt(self) -> None:
        """Ends a `complete` that is under way, soon: it is of no use any more."""
        self._saves += 1

    def update(self, saved: Iterable[Path], first: Collection[str] = ()) -> Snapshot | None:
        """Brings up to date what the saved files say; nothing if they say what they said.

        Where settings change that all chapters depend on, those in `first`, paths of chapters, are
        read again and the others left to `complete`.
        """
        begun, known = self._now, self._known
        if begun is None or known is None:
            return self.complete()
        self.interrupt()
        paths = {path.as_posix() for path in saved}
        try:
            checked = self._glance(known, paths, first)
        except McqdeckError as error:
            return self.in_trouble(str(error))
        fresh = _known(checked)
        changed = _changed(known, fresh, paths)
        if not changed and not begun.trouble:
            return None
        kept = [
            diagnostic
            for diagnostic in known.diagnostics
            if diagnostic.name in _OF_BANKS
            and diagnostic.where.path not in changed
            and diagnostic.where.path in fresh.texts
        ]
        fresh = replace(fresh, diagnostics=checked.and_also(kept).diagnostics)
        with self._lock:
            return self._step(fresh, is_complete=False, saved=tuple(sorted(changed)))

    def checked(self, snapshot: Snapshot, diagnostics: Iterable[Diagnostic]) -> Checked:
        """What a check would have found if it had found just these diagnostics."""
        return Checked((snapshot.bank,), tuple(diagnostics), snapshot.texts)

    def _glance(self, known: _Known, saved: Collection[str], first: Collection[str]) -> Checked:
        """A quick check, for which other chapters say what they said: a save of theirs is its own.

        Some editors take a file away, or empty it, before they write it: such a moment is let pass.
        """
        urgent = {*saved, *first}
        unsaved = {path: known.texts[path] for path in known.keys if path not in saved}
        deadline = time.monotonic() + _GRACE
        filled = [path for path, data in known.texts.items() if data]
        while True:
            while any(map(_is_empty, filled)) and time.monotonic() < deadline:
                time.sleep(_TICK)
            glance = Glance(urgent, known.keys, self._parts)
            checked = self._check(Means(self._memory), glance, unsaved)
            if all(map(checked.texts.get, filled)) or time.monotonic() > deadline:
                return checked

    def _check(
        self,
        means: Means,
        glance: Glance | None = None,
        chapters: Mapping[str, bytes] = read.NO_TEXTS,
    ) -> Checked:
        """A check with the settings that `deck.toml` has, or had last where it is broken.

        The `chapters` are read as if their files held these bytes.
        """
        broken = self._broken_config()
        if broken is None:
            return check_banks([self.folder], means=means, glance=glance, texts=chapters)
        path, data, problems = broken
        instead = {**chapters, path: self._good_config}
        checked = check_banks([self.folder], means=means, glance=glance, texts=instead)
        others = [diagnostic for diagnostic in checked.diagnostics if diagnostic.where.path != path]
        texts = {name: text for name, text in checked.texts.items() if name != path}
        if data is not None:
            texts[path] = data
        return replace(checked.only(others).and_also(problems), texts=texts)

    def _broken_config(self) -> tuple[str, bytes | None, Sequence[Diagnostic]] | None:
        """The path of `deck.toml`, what it holds if it is there, and what is wrong with it.

        Nothing if it can be used, or never could be.
        """
        path = self.folder / read.CONFIG
        if not self._good_config:
            return None
        with suppress(McqdeckError):
            if files.read(path) == self._good_config:
                return None
        sources = read.bank_sources(self.folder, NAMES)
        shown = sources.config.path
        problems = [
            diagnostic for diagnostic in sources.diagnostics if diagnostic.where.path == shown
        ]
        data = sources.texts.get(shown)
        if data is not None and not any(map(_breaks, problems)):
            return None
        return shown, data, problems

    def _step(self, known: _Known, *, is_complete: bool, saved: tuple[str, ...]) -> Snapshot:
        before = self._now
        good = known.config_is_good or before is None
        config = known.bank.config if good or before is None else before.bank.config
        bank = replace(known.bank, config=config)
        seen = before.chapters if before else ()
        chapters = chapters_in_view(bank, known.texts, known.broken, seen)
        changed = tuple(changed_questions(seen, chapters)) if before else ()
        if good:
            self._good_config = known.texts.get(known.bank.config.path, b"")
        self._known = known
        self._now = Snapshot(
            number=before.number + 1 if before else 1,
            bank=bank,
            chapters=chapters,
            diagnostics=known.diagnostics,
            texts=known.texts,
            is_complete=is_complete,
            changed=changed,
            saved=saved,
        )
        return self._now

    def in_trouble(self, trouble: str) -> Snapshot | None:
        """Notes why the files cannot be followed; nothing if that is known."""
        with self._lock:
            now = self._now
            if now is None or now.trouble == trouble:
                return None
            self._now = replace(
                now,
                number=now.number + 1,
                is_complete=False,
                trouble=trouble,
                changed=(),
                saved=(),
            )
            return self._now


def _breaks(diagnostic: Diagnostic) -> bool:
    """Whether a file has no form in which it could be read."""
    return diagnostic.name in _FORM and diagnostic.severity is Severity.ERROR


def _known(checked: Checked) -> _Known:
    [bank] = checked.banks
    return _Known(bank, checked.diagnostics, checked.texts, checked.keys)


def _changed(before: _Known, after: _Known, saved: Collection[str]) -> set[str]:
    """The paths of the files that say something else: texts by what they hold.

    Others count if they came or went, or were `saved`; and so does what may not be read.
    """
    texts = before.texts.keys() | after.texts.keys()
    changed = {path for path in texts if before.texts.get(path) != after.texts.get(path)}
    others = _files_of(after.bank)
    changed |= _files_of(before.bank) ^ others
    changed |= {path for path, _ in before.unread ^ after.unread}
    return changed | (others & set(saved) - texts)


def _files_of(bank: RenderedBank) -> set[str]:
    return {(Path(bank.folder) / name).as_posix() for name in bank.files}


def _is_empty(path: str) -> bool:
    try:
        return files.size_of(Path(path)) == 0
    except McqdeckError:
        return True
