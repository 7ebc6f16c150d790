"""What several forms do with a question on its way out."""

from __future__ import annotations

import re

from mcqdeck.exchange.item import Item, Text
from mcqdeck.exchange.losses import Part

SOURCE = re.compile(r'\bsrc="([^"]+)"')
NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REFERENCES_HTML = "<p><strong>References</strong></p>"
AS_FEEDBACK = {Part.REFERENCES: "become part of the feedback"}


def explained(item: Item) -> Text:
    """The explanation, with the references under a heading of their own."""
    if not item.references:
        return item.explanation
    heading = Text("**References**", REFERENCES_HTML)
    parts = [part for part in (item.explanation, heading, item.references) if part]
    return Text(
        "\n\n".join(part.markdown for part in parts), "\n".join(part.html for part in parts)
    )


def is_plain_pair(item: Item) -> bool:
    """Whether the options are True and False, in this order and in English."""
    words = [option.text.markdown.strip() for option in item.options]
    return item.is_true_false and words == ["True", "False"] and item.right == 1
