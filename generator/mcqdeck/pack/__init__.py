"""From a rendered bank to the bytes of an Anki package."""

from __future__ import annotations

from mcqdeck.model import RenderedBank


def pack(rendered: RenderedBank, *, timestamp: int) -> bytes:
    """The bytes of a bank's package, every note of it made at `timestamp` (seconds since 1970).

    A media file that cannot be read raises `McqdeckError`.
    """
    # Importing genanki takes longer than checking a small bank, which needs no package.
    from mcqdeck.pack.decks import decks  # noqa: PLC0415
    from mcqdeck.pack.notes import notes  # noqa: PLC0415
    from mcqdeck.pack.notetype import note_type  # noqa: PLC0415
    from mcqdeck.pack.package import package  # noqa: PLC0415
    from mcqdeck.pack.stamp import stamp  # noqa: PLC0415

    return package(
        stamp(notes(rendered), timestamp),
        note_type(rendered.bank),
        decks=decks(rendered.bank),
        media=rendered.media,
    )


def count_cards(rendered: RenderedBank) -> int:
    """How many cards a bank's package holds."""
    drilled = rendered.bank.config.flashcards
    return sum(1 + (drilled and each.question.has_flashcard) for each in rendered.questions)
