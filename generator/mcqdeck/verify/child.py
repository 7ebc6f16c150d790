"""The process in which Anki runs: a crash, an endless loop and what Anki prints stay in here.

It reads a `Task` from its standard input, and writes a `Message` a line to its standard output.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import BinaryIO

import msgspec

from mcqdeck.verify.learner import RefusedError
from mcqdeck.verify.messages import Message, Step, Task
from mcqdeck.verify.observe import observe


def main() -> None:
    """Does the task; ends at once where nobody waits for the answer any more."""
    out = _standard_output()

    def say(message: Message) -> None:
        out.write(msgspec.json.encode(message) + b"\n")
        out.flush()

    task = msgspec.json.decode(sys.stdin.buffer.readline(), type=Task)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    try:
        observed = observe(
            Path(task.new),
            Path(task.old) if task.old else None,
            Path(task.folder),
            lambda step: say(Message(step)),
        )
    except RefusedError as error:
        say(Message(Step.OLD, refused=str(error)))
    else:
        say(Message(Step.UPDATE, observed))
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
