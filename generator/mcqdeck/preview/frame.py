"""The document in which a card stands: without an origin, and with no more than the card needs.

It has the sandbox of its frame once more in its policy, so that it is as harmless when it is opened
by itself. Scripts run if they are the frame's own or one of the note type's, known by their digest:
what a bank brings can be no script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from importlib.resources import files

from mcqdeck.model import RenderedBank
from mcqdeck.pack import card
from mcqdeck.render.mathml import STYLE

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


class Frame:
    """The frame for a bank's cards, whose media lie below `media`, an absolute URL.

    `key` differs between two frames if one cannot show what the other can.
    """

    def __init__(self, bank: RenderedBank, media: str) -> None:
        scripts = [_read("frame.js"), *_scripts_of(bank)]
        style = _read("frame.css") + STYLE
        self.html = (
            _read("frame.html").replace("/*style*/", style).replace("/*script*/", scripts[0])
        )
        allowed = " ".join(f"'sha256-{_digest(script)}'" for script in dict.fromkeys(scripts))
        self.policy = "; ".join(
            (
                "default-src 'none'",
                f"script-src {allowed}",
                "style-src 'unsafe-inline'",
                f"img-src {media} data:",
                "font-src data:",
                f"media-src {media}",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'self'",
                f"sandbox {SANDBOX}",
            )
        )
        self.key = hashlib.sha256(f"{self.policy}\0{self.html}".encode()).hexdigest()[:16]


def _scripts_of(bank: RenderedBank) -> Iterable[str]:
    """The scripts of all sides of the bank's cards."""
    for sides in (card.multiple_choice, card.flashcard):
        for side in sides(bank.config, has_sound=bank.has_sound):
            yield from card.SCRIPT.findall(side)


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _read(name: str) -> str:
    return files("mcqdeck.preview").joinpath("page", name).read_text(encoding="utf-8")
