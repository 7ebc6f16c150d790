"""Alerts: quotes that begin with `[!NOTE]` or another of the five kinds, alone on the line.

https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts
"""

from __future__ import annotations

import re

from mcqdeck.markdown.pattern import pattern
from mcqdeck.markdown.tree import Block

ALERT = pattern(r"\[!(note|tip|important|warning|caution)\][ \t]*$", re.IGNORECASE)


def alert_of(quote: Block) -> str:
    """The kind of alert that a quote at the margin is, in lower case; empty if it is none."""
    first = quote[0] if len(quote) else None
    if first is None or first.tag != "p" or not (match := ALERT.match(first.lines[0])):
        return ""
    return match[1].lower() if len(first.lines) > 1 or len(quote) > 1 else ""


def is_alert(block: Block) -> bool:
    """Whether a block is a quote that GitHub shows as an alert."""
    return block.tag == "blockquote" and bool(alert_of(block))
