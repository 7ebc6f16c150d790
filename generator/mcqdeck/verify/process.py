"""Runs the child process in which Anki is: what it says, or how it ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import msgspec

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.verification import Kind, Observed, Outcome
from mcqdeck.verify.messages import TASK, Message, Step, Task

_TAIL = 4096  # bytes of what Anki printed, at the end of which the reason of a crash stands
_LONGEST_REASON = 200


def observed(task: Task, folder: Path, old: Path | None, say: Callable[[str], None]) -> Observed:
    """What Anki did with the packages that are in the folder; `old` is the place of the old one.

    A crash over the new package is a fault of that package.

    Raises:
        McqdeckError: Anki does not import the old one, or cannot be run.
    """
    (folder / TASK).write_bytes(msgspec.json.encode(task))
    with TemporaryFile() as printed, _child(folder, printed) as process:
        return _follow(process, old, say, printed)


def _follow(
    process: subprocess.Popen[bytes],
    old: Path | None,
    say: Callable[[str], None],
    printed: IO[bytes],
) -> Observed:
    step, reason = Step.OLD, None
    for line in process.stdout or ():
        message = msgspec.json.decode(line, type=Message)
        step = message.step
        if message.observed:
            return message.observed
        if message.bug:
            raise RuntimeError(message.bug)
        if message.refused is not None:
            raise McqdeckError(f"{_shown(old)}: Anki does not import it: {message.refused}")
        if message.failed is not None:
            reason = message.failed
            break
        say(step)
    reason = reason or _last_line(printed) or f"exit status {process.wait()}"
    if step is Step.OLD:
        what = f"{_shown(old)}: Anki crashed over it" if old else "Anki cannot be run"
        raise McqdeckError(f"{what}: {reason}")
    return Observed(outcomes=(Outcome(Kind.CRASHED, names=(reason,)),))


@contextmanager
def _child(folder: Path, printed: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process. It does not outlive us, nor do its temporary files, which are in the folder."""
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "mcqdeck.verify.child", str(folder)],
        env={**os.environ, **temporary},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=printed,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def _last_line(printed: IO[bytes]) -> str:
    size = printed.seek(0, 2)
    printed.seek(max(0, size - _TAIL))
    lines = printed.read().decode(errors="replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    return " ".join(last.split())[:_LONGEST_REASON]


def _shown(path: Path | None) -> str:
    return path.as_posix() if path else "the package"
