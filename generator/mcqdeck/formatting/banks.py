"""The chapters that a person names, as they are and as they should be written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mcqdeck.formatting.chapter import Formatted, format_chapter
from mcqdeck.formatting.meaning import Home
from mcqdeck.model import Config
from mcqdeck.project import NAMES, Progress, meant_chapters
from mcqdeck.read import STYLE
from mcqdeck.render import Shelf

_STYLED = f"{STYLE} sets `white-space`, so that cards may show where lines end"
_UNREAD = "it cannot be read; `mcqdeck check` says why"


def format_sources(
    paths: Sequence[Path], progress: Progress = lambda _: None
) -> dict[str, tuple[bytes, Formatted]]:
    """The chapters in `paths`, by path, as they are and as they should be written.

    One that is there and may not be read, such as a link out of the bank, has a reason.

    Raises:
        McqdeckError: a file cannot be read.
    """
    formatted: dict[str, tuple[bytes, Formatted]] = {}
    for sources, chapters, unread in meant_chapters(paths, progress):
        progress(f"Formatting {sources.folder}")
        config = sources.config
        home = Home(config, NAMES, Shelf(sources.folder, config.id, sources.files))
        for path in chapters:
            data = sources.texts[path]
            shows_lines = "white-space" in sources.style
            new = Formatted(data, _STYLED) if shows_lines else format_chapter(path, data, home)
            formatted[path] = data, new
        formatted |= {path: (b"", Formatted(b"", _UNREAD)) for path in unread}
    return formatted


def format_text(data: bytes) -> Formatted:
    """A chapter that lies nowhere, as it should be written."""
    return format_chapter("-", data, Home(Config("", "bank", ""), NAMES, Shelf(".", "bank", ())))
