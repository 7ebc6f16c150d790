"""The rule `style-remote`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.diagnostic import Finding
from mcqdeck.model import RenderedBank
from mcqdeck.rules.analysis.style_sheet import urls_elsewhere

_MOST_SHOWN = 60  # characters of an address


def style_remote(banks: Sequence[RenderedBank]) -> Iterator[Finding]:
    """Without network a learner sees the card without it, and its server sees each review.

    A font or an image for `style.css` can be written into it as a `data:` address.
    """
    for bank in banks:
        for where, url in urls_elsewhere(bank):
            shown = url if len(url) <= _MOST_SHOWN else url[: _MOST_SHOWN - 1] + "…"
            yield Finding(
                where,
                f"`{shown}` is not in the package and is fetched at each review",
                "leave it out, or write it as a `data:` address",
            )
