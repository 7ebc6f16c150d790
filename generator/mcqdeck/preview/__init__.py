"""A bank in the browser while it is written: every save shows at once.

Needs the extra `preview`: `missing` tells what of it is not installed.
"""

from __future__ import annotations

from importlib.util import find_spec

SERVER = ("starlette", "uvicorn", "watchfiles")
"""What the preview needs beside what mcqdeck itself does."""

WATCH = ("watchfiles",)
"""What following saves in the terminal needs."""


def missing(modules: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the modules that are not installed."""
    return tuple(name for name in modules if find_spec(name) is None)
