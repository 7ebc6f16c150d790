"""Emoji shortcodes, `:warning:`: GitHub's own list, as pymdown-extensions carries it."""

from __future__ import annotations

from functools import lru_cache

from mcqdeck.markdown.pattern import pattern

# Not within a word or a path, where colons part something else: `async(group:flags:execute:)`.
SHORTCODE = pattern(r"(?<![\w:/]):[a-z0-9_+-]+:(?![\w:/])")


def shortcode_end(text: str, at: int) -> int:
    """Where the shortcode of a known emoji that begins at `at` ends; 0 if there is none."""
    match = SHORTCODE.match(text, at)
    return match.end() if match and characters(match[0]) else 0


@lru_cache(maxsize=1024)
def characters(shortcode: str) -> str:
    """The characters of an emoji; empty for a shortcode that has none, or that is unknown."""
    from pymdownx import gemoji_db  # noqa: PLC0415 (large, and seldom needed)

    name = gemoji_db.aliases.get(shortcode, shortcode)
    points = gemoji_db.emoji.get(name, {}).get("unicode_alt") or gemoji_db.emoji.get(name, {}).get(
        "unicode", ""
    )
    return "".join(chr(int(point, 16)) for point in points.split("-")) if points else ""
