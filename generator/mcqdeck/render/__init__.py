"""From Markdown to safe HTML, and what is wrong with the Markdown."""

from mcqdeck.render.description import check_description
from mcqdeck.render.field_mistakes import MISTAKES
from mcqdeck.render.media import Library, MediaTarget, Shelf, Trouble, media_of
from mcqdeck.render.questions import (
    folder_in,
    render,
    render_chapter,
    rendered_chapter,
    unused_files,
)
from mcqdeck.render.style import render_style

__all__ = [
    "MISTAKES",
    "Library",
    "MediaTarget",
    "Shelf",
    "Trouble",
    "check_description",
    "folder_in",
    "media_of",
    "render",
    "render_chapter",
    "render_style",
    "rendered_chapter",
    "unused_files",
]
