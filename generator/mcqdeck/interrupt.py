"""Ctrl-C: a line and exit status 130, whatever is under way.

Loads next to nothing itself, for until it is loaded Ctrl-C is a traceback.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False  # what type checkers take for true; to load `typing` takes a while
if TYPE_CHECKING:
    from types import FrameType

STATUS = 128 + signal.SIGINT
NOBODY_READS = 128 + 13  # SIGPIPE, which Windows has no name for


def end_at_once() -> None:
    """Lets Ctrl-C end the process on the spot, as long as it has nothing to put in order.

    A `KeyboardInterrupt` would be a traceback of a module that is half loaded, or be lost in it.
    A process that was started to hear no Ctrl-C goes on hearing none.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


class InOrder:
    """Lets Ctrl-C raise `KeyboardInterrupt` within, so that no half-written file stays behind."""

    def __enter__(self) -> None:
        self._is_ours = signal.getsignal(signal.SIGINT) is _end
        if self._is_ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def __exit__(self, *_: object) -> None:
        if self._is_ours:
            signal.signal(signal.SIGINT, _end)


def _end(_signal: int, _frame: FrameType | None) -> None:
    os.write(2, b"interrupted\n")
    os._exit(STATUS)
