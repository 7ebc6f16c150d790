"""The site's own scripts and styles: plain files, some of them joined, with addresses that change
when they do.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from hashlib import sha256
from importlib.resources import files

FIRST = ("namespace", "say", "dom", "load", "store", "learner", "pages", "home", "offline")
"""Scripts that the first page has in itself, in the order in which they run."""

LATER: dict[str, tuple[str, ...]] = {
    "practice": ("draw", "choose", "card", "letters", "session", "round", "practice"),
    "cards": ("draw", "choose", "card", "session", "round", "flashcards"),
    "exam": (
        *("draw", "card", "letters", "session", "clock", "exams", "result"),
        *("exam-running", "exam-setup", "exam-question", "exam-sheet", "exam"),
    ),
    "progress": ("draw", "card", "letters", "chart", "exams", "progress"),
    "search": ("search",),
    "paper": ("draw", "choose", "card", "paper"),
    "question": ("draw", "card", "read"),
    "chapter": ("read",),
}
"""Scripts by the view that needs them; one that several need is loaded once."""

BINARY = ("icon.svg", "icon-180.png", "icon-192.png", "icon-512.png", "icon-maskable-512.png")


@cache
def asset(name: str) -> bytes:
    """The bytes of a file beside the scripts."""
    return files("mcqdeck.site").joinpath("assets", name).read_bytes()


def joined(names: tuple[str, ...]) -> bytes:
    """Scripts one after the other; each is a function of its own."""
    return b"\n".join(asset(f"{name}.js") for name in names)


def literal(value: object) -> str:
    """A value as JavaScript."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def call(function: str, *values: object) -> bytes:
    """A script that hands values to a function of the site."""
    return f"Site.{function}({','.join(map(literal, values))});\n".encode()


def permit(text: str) -> str:
    """What a page's policy must say so that a script or style in the page itself may act."""
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


def digest(data: bytes) -> str:
    """What an address has after `?v=`, so that no browser shows an older file."""
    return sha256(data).hexdigest()[:10]
