"""The process in which Anki runs: a crash, an endless loop and what Anki prints stay in here.

Its argument is the folder with a `Task` and the packages, in which it works. It writes a `Message`
a line to its standard output, and ends when its standard input does: then nobody waits for it.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from pathlib import Path
from typing import BinaryIO

import anki.collection  # noqa: F401  # Anki's modules load only if this is the first of them
import msgspec
from anki.errors import AnkiException

from mcqdeck.verification import Observed
from mcqdeck.verify.learner import RefusedError, plain
from mcqdeck.verify.messages import NEW, OLD, TASK, Message, Step, Task
from mcqdeck.verify.observe import observe


class _Talk:
    """What is said of the work in a folder to the process that waits for it."""

    def __init__(self, out: BinaryIO, folder: Path) -> None:
        self._out, self._folder = out, folder
        self._step = Step.OLD

    def begin(self, step: Step) -> None:
        self._step = step
        self._say(Message(step))

    def end(self, observed: Observed) -> None:
        self._say(Message(self._step, observed))

    def refused(self, error: Exception) -> None:
        self._say(Message(self._step, refused=self._without_folder(str(error))))

    def failed(self, error: Exception) -> None:
        reason = f"{type(error).__name__}: {plain(str(error))}"
        self._say(Message(self._step, failed=self._without_folder(reason)))

    def bug(self) -> None:
        self._say(Message(self._step, bug=traceback.format_exc()))

    def _without_folder(self, reason: str) -> str:
        """What Anki says, without the name of a folder that is another one each time."""
        return reason.replace(str(self._folder), "…")

    def _say(self, message: Message) -> None:
        self._out.write(msgspec.json.encode(message) + b"\n")
        self._out.flush()


def main() -> None:
    """Does the task that lies in a folder."""
    folder = Path(sys.argv[1])
    talk = _Talk(_standard_output(), folder)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    task = msgspec.json.decode((folder / TASK).read_bytes(), type=Task)
    try:
        old = folder / OLD if task.has_old else None
        talk.end(observe(folder / NEW, old, folder, task.settings, talk.begin))
    except RefusedError as error:
        talk.refused(error)
    except AnkiException as error:
        talk.failed(error)
    except Exception:
        talk.bug()
    os._exit(0)  # what Anki's threads still do is nobody's concern


def _standard_output() -> BinaryIO:
    """The standard output, into which nothing else can print from now on."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return out


def _end_with_the_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
