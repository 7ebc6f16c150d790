"""From Markdown to safe HTML, and what is wrong with the Markdown."""

from mcqdeck.render.media import Found, Library, Shelf, Trouble
from mcqdeck.render.mistakes import MISTAKES
from mcqdeck.render.questions import render, render_chapter, rendered_chapter, unused_media

__all__ = [
    "MISTAKES",
    "Found",
    "Library",
    "Shelf",
    "Trouble",
    "render",
    "render_chapter",
    "rendered_chapter",
    "unused_media",
]
