"""The error where a library that a format needs is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mcqdeck.diagnostic import McqdeckError


@contextmanager
def needed(library: str) -> Iterator[None]:
    """Around the import of `library`.

    Raises:
        McqdeckError: it is not installed.
    """
    try:
        yield
    except ImportError as error:
        raise McqdeckError(
            f"{library} is not installed; this format needs it: pip install 'mcqdeck[exchange]'"
        ) from error
