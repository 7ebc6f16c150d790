"""Runs the child process in which Anki is: what it says, or how it ended."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.verification import Found, Kind, Observed
from mcqdeck.verify.messages import Message, Step, Task

_TAIL = 4096  # bytes of what Anki printed, at the end of which the reason of a crash stands
_LONGEST_REASON = 200


def observed(new: Path, old: Path | None, say: Callable[[str], None]) -> Observed:
    """What Anki did with the packages.

    A crash while it has to do with `new` is a fault of that package.

    Raises:
        McqdeckError: Anki does not import `old`, or cannot be run.
    """
    with (
        tempfile.TemporaryDirectory(prefix="mcqdeck-verify-") as folder,
        tempfile.TemporaryFile() as printed,
        _child(printed) as process,
    ):
        assert process.stdin
        assert process.stdout
        task = Task(str(new.absolute()), str(old.absolute()) if old else None, folder)
        process.stdin.write(msgspec.json.encode(task) + b"\n")
        process.stdin.flush()
        step = Step.OLD
        for line in process.stdout:
            message = msgspec.json.decode(line, type=Message)
            if message.refused is not None:
                raise McqdeckError(f"{_shown(old)}: Anki does not import it: {message.refused}")
            if message.observed:
                return message.observed
            step = message.step
            say(step)
        status = process.wait()
        reason = _last_line(printed) or f"exit status {status}"
    if step is Step.OLD:
        what = f"{_shown(old)}: Anki crashed on it" if old else "Anki cannot be run"
        raise McqdeckError(f"{what}: {reason}")
    return Observed(found=(Found(Kind.CRASHED, names=(reason,)),))


@contextmanager
def _child(printed: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """The process, which does not outlive us."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "mcqdeck.verify.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=printed,
    )
    try:
        with process:
            try:
                yield process
            finally:
                process.kill()
    except BrokenPipeError:
        pass


def _last_line(printed: IO[bytes]) -> str:
    size = printed.seek(0, 2)
    printed.seek(max(0, size - _TAIL))
    lines = printed.read().decode(errors="replace").split("\n")
    last = next((line for line in reversed(lines) if line.strip()), "")
    return " ".join(last.split())[:_LONGEST_REASON]


def _shown(path: Path | None) -> str:
    return path.as_posix() if path else "the package"
