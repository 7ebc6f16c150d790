"""What the last release holds and the sources lack, as a check tells it: without building anything.

The ids in a package are remembered by its digest, so that a check reads it once.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from mcqdeck import build_memory, dating, files, pack
from mcqdeck.diagnostic import Diagnostic, McqdeckError
from mcqdeck.identity import first_ids
from mcqdeck.last_release import Memory, decks_of, last_release
from mcqdeck.model import RenderedBank
from mcqdeck.store import Entries, digest

VANISHED = "vanished-id"
"""The name of the diagnostic."""

_Ids = tuple[tuple[str, bool], ...]
"""Each id in a package, and whether the question was first published under it."""

_IDS = msgspec.msgpack.Decoder(_Ids)


@dataclass(frozen=True, slots=True)
class Vanished:
    """What a bank's last release holds and its sources lack; `remark` says why nobody looked."""

    diagnostics: tuple[Diagnostic, ...] = ()
    remark: str = ""


def vanished(bank: RenderedBank, store: Entries | None, *, has_errors: bool) -> Vanished:
    """What is gone since the last release of a bank, in the folder `decks` of its project."""
    path = decks_of(Path(bank.folder)) / f"{bank.config.id}.apkg"
    try:
        is_there = bool(bank.config.id) and files.kind_of(path) is not files.Kind.NOTHING
        if not is_there:
            return Vanished(remark=f"there is no {path.as_posix()}" if bank.config.id else "")
        if has_errors or not all(chapter.is_whole for chapter in bank.chapters):
            return Vanished(remark="there are errors")
        if _has_all(bank, _ids(bank, path, store)) or _is_just_that(bank, path, store):
            return Vanished()
        return Vanished(_search(bank, path))
    except McqdeckError as error:
        return Vanished(remark=str(error))


def _is_just_that(bank: RenderedBank, path: Path, store: Entries | None) -> bool:
    """Whether a build is remembered that found the package to be just what the bank gives."""
    key = build_memory.key(bank, build_memory.digest_of(path)) if store else None
    return bool(store and key and build_memory.recall(store, key, bank, dating.now()))


def _search(bank: RenderedBank, path: Path) -> tuple[Diagnostic, ...]:
    last = last_release(bank.config.id, path, Memory.OUTPUT)
    if last is None:
        return ()
    release = pack.release_of(bank, timestamp=dating.now(), last=last)
    return tuple(
        diagnostic
        for diagnostic in pack.check_vanished(bank, last, release)
        if diagnostic.name == VANISHED
    )


def _ids(bank: RenderedBank, path: Path, store: Entries | None) -> _Ids:
    key = None
    if store:
        with files.opened(path) as file:
            content = hashlib.file_digest(file, "sha256").digest()
        key = digest(b"ids", bank.config.id.encode(), content)
        remembered = store.get(key)
        if remembered is not None:
            with suppress(ValueError):
                return _IDS.decode(remembered)
    last = last_release(bank.config.id, path, Memory.OUTPUT)
    ids = tuple(pack.first_published(last)) if last else ()
    if store and key:
        store.put(key, msgspec.msgpack.encode(ids))
    return ids


def _has_all(bank: RenderedBank, ids: _Ids) -> bool:
    """Whether it is plain that nothing is gone: each question is there, under its first id."""
    renamed = first_ids(dict(bank.config.renamed))
    here = {entry.id for entry in bank.entries if entry.id not in renamed}
    return all(is_first and name in here for name, is_first in ids)
