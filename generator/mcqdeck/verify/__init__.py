"""What a release does to learners, tried out on the real Anki, which `mcqdeck[verify]` brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from mcqdeck import files, pack
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.verification import Held, Kind, Package, Verification
from mcqdeck.verify.messages import STEPS
from mcqdeck.verify.process import observed
from mcqdeck.verify.settings import ALL

__all__ = ["STEPS", "verify"]

_PIECE = 1 << 20
_KINDS = tuple(Kind)


def verify(new: Path, old: Path | None, progress: Callable[[str], None]) -> Verification:
    """Lets learners of the package `old` import the package `new`, or twice `new` without `old`.

    That happens in collections that are thrown away, in another process. `progress` is told each
    of `STEPS` steps as it begins.

    Raises:
        McqdeckError: Anki is not installed, a package cannot be read, or Anki does not import
            `old`.
    """
    if find_spec("anki") is None:
        raise McqdeckError("this needs Anki: run `pip install 'mcqdeck[verify]'`")
    opened = {path: _opened(path) for path in (new, old) if path}
    seen = observed(new, old, progress)
    return Verification(
        anki=version("anki"),
        new=replace(opened[new], held=seen.new),
        old=replace(opened[old], held=seen.old or Held()) if old else None,
        settings=len(ALL),
        arrived=seen.arrived,
        done=seen.done,
        found=tuple(sorted(seen.found, key=lambda each: (_KINDS.index(each.kind), each))),
    )


def _opened(path: Path) -> Package:
    digest, size = hashlib.sha256(), 0
    with files.opened(path) as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    try:
        release = pack.read_release(path)
    except McqdeckError:
        return Package(path, digest.hexdigest(), size)  # another program made it
    questions = {stamped.note.guid: stamped.note.fields[0] for stamped in release.notes}
    return Package(path, digest.hexdigest(), size, release.bank_id, questions)
