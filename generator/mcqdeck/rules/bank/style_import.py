"""The rule `style-import`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.diagnostic import Finding
from mcqdeck.model import RenderedBank
from mcqdeck.rules.analysis.style_sheet import place_of_token, tokens


def style_import(banks: Sequence[RenderedBank]) -> Iterator[Finding]:
    """A learner would not get this style: CSS takes `@import` only above all other rules, and the
    card's own style stands above.

    Put the rules into `style.css` themselves.
    """
    for bank in banks:
        for token, _ in tokens(bank):
            if token.type == "at-keyword" and token.lower_value == "import":
                yield Finding(
                    place_of_token(bank, token),
                    "`@import` has no effect below the card's own style",
                    "copy the rules of that file into this one",
                    len("@import"),
                )
