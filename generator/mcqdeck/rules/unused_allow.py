"""The rule `unused-allow`, which takes what a question suppresses."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Allowance


def unused_allow(allowance: Allowance) -> Iterator[Finding]:
    """An `allow` for a fault that is no longer there would hide the next one from you, and so leave
    it to the learners.

    Remove it from the comment.
    """
    yield Finding(
        allowance.where,
        f"`{allowance.name}` suppresses nothing here",
        "remove it from `allow`",
        len(allowance.name),
    )
