"""A bank that is read once and then brought up to date file by file, as its author saves them."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock

from mcqdeck import files, render
from mcqdeck.build import Checked
from mcqdeck.build import check as check_banks
from mcqdeck.diagnostic import Diagnostic, McqdeckError
from mcqdeck.model import RenderedBank
from mcqdeck.preview.reading import Files, Known, refreshed
from mcqdeck.preview.snapshot import Shown, Snapshot, changed_questions, chapters_in_view
from mcqdeck.read.folder import contents, is_chapter, is_text

_GRACE = 0.25  # seconds in which an editor may take a file away and put the new one in its place
_GLANCE = 0.02  # seconds between two looks for it


class Project:
    """The bank in `folder`.

    `update` follows a save at once, and asks again only what concerns the saved files. `complete`
    asks everything, of the whole bank. Each gives a snapshot; they may run in two threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._known: Known | None = None
        self._now: Snapshot | None = None

    def complete(self) -> Snapshot | None:
        """Reads and checks the whole bank; nothing if a save came in between.

        Raises:
            McqdeckError: it cannot be read, and never could.
        """
        begun = self._now
        try:
            checked = check_banks([self.folder])
        except McqdeckError as error:
            if begun is None:
                raise
            return self.in_trouble(str(error))
        [bank] = checked.banks
        with self._lock:
            if self._now is not begun:
                return None
            known = Known(bank, checked.diagnostics, checked.texts)
            return self._step(known, is_complete=True, saved=())

    def update(self, saved: Iterable[Path], first: Collection[str] = ()) -> Snapshot | None:
        """Brings up to date what the saved files say; nothing if they say what they said.

        Where settings change that all chapters depend on, those in `first`, paths of chapters, are
        read again and the others left to `complete`.
        """
        begun, known = self._now, self._known
        if begun is None or known is None:
            return self.complete()
        try:
            texts, others, problems = self._look(known.texts, saved)
        except McqdeckError as error:
            return self.in_trouble(str(error))
        changed = {path for path in texts if texts[path] != known.texts.get(path)}
        changed |= known.texts.keys() - texts.keys()
        changed |= {self._path(name) for name in set(others) ^ set(known.bank.files)}
        changed |= {each.as_posix() for each in saved}.intersection(map(self._path, others))
        changed -= {path for path in texts if texts[path] == known.texts.get(path)}
        if not changed and not begun.trouble:
            return None
        fresh = refreshed(known, Files(texts, others, problems), changed, first)
        with self._lock:
            return self._step(fresh, is_complete=False, saved=tuple(sorted(changed)))

    def rendered(self, snapshot: Snapshot, shown: Shown) -> RenderedBank:
        """A bank of just this question, as safe HTML.

        Raises:
            McqdeckError: a media file cannot be read.
        """
        chapter = replace(shown.chapter, questions=(shown.question,))
        return render.render(replace(snapshot.bank, chapters=(chapter,)))[0]

    def checked(self, snapshot: Snapshot, diagnostics: Iterable[Diagnostic]) -> Checked:
        """What a check would have found if it had found just these diagnostics."""
        return Checked((snapshot.bank,), tuple(diagnostics), snapshot.texts)

    def _path(self, name: str) -> str:
        return (self.folder / name).as_posix()

    def _look(
        self, known: Mapping[str, bytes], saved: Iterable[Path]
    ) -> tuple[dict[str, bytes], tuple[str, ...], tuple[Diagnostic, ...]]:
        """The texts of the bank, its other files, and what is wrong with the folder.

        Some editors take a file away, or empty it, before they write it: such a moment is let pass.
        """
        named = {each.as_posix() for each in saved}
        deadline = time.monotonic() + _GRACE
        while True:
            found = contents(self.folder)
            texts = {}
            for name in filter(is_text, found.files):
                path = self._path(name)
                is_known = path in known and path not in named
                texts[path] = known[path] if is_known else files.read(self.folder / name)
            is_passing = any(data and not texts.get(path) for path, data in known.items())
            if not is_passing or time.monotonic() > deadline:
                break
            time.sleep(_GLANCE)
        others = tuple(name for name in found.files if not is_chapter(name))
        return texts, others, found.diagnostics

    def _step(self, known: Known, *, is_complete: bool, saved: tuple[str, ...]) -> Snapshot:
        before = self._now
        good = known.config_is_good or before is None
        config = known.bank.config if good or before is None else before.bank.config
        bank = replace(known.bank, config=config)
        seen = before.chapters if before else ()
        chapters = chapters_in_view(bank, known.texts, known.broken, seen)
        changed = tuple(changed_questions(seen, chapters)) if before else ()
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
