"""What authors write in a language: names of sections, and options that mean something by themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Words that a source may have.

    Phrases have a short form for their variants: `[a|b]` may be there or not, `(a|b)` must be one
    of them. White space, letter case, and accents of Arabic and Hebrew do not count.
    """

    explanation: tuple[str, ...]
    """Headings of the section with the explanation, the usual one first."""
    references: tuple[str, ...]
    """Headings of the section with the sources, the usual one first."""
    true_false: tuple[tuple[str, str], ...]
    """Pairs of options that say whether a statement holds, as people expect their order."""
    yes_no: tuple[tuple[str, str], ...]
    """Pairs of options that answer a yes-no question, likewise."""
    all_of_the_above: tuple[str, ...]
    """Phrases: all the other options are right."""
    none_of_the_above: tuple[str, ...]
    """Phrases: no other option is right."""
    some_of_the_above: tuple[str, ...]
    """Phrases: two or more of the others are right, or any may be."""
