"""Every identity that a bank's content gets, each derived in one function.

Learners' reviews, edits and media hang on these values, so for the same input each function must
give the same value in every release. `docs/identity.md` says what depends on which.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What the ids of banks and questions look like."""

LONGEST_BANK_ID = 200
"""Characters. A file's name may have 255, and the names of packages add some to the id."""

NOTE_TYPE_BITS, DECK_BITS = 30, 48
LONGEST_MEDIA_NAME = 120  # bytes; Anki cuts longer ones

_NOTE_TYPE = "mcqdeck: "
_WORDS_IN_ID = 8
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_WORDS_FROM = 1_000  # characters of the stem
NOT_IN_MEDIA_NAMES = re.compile(r"[^A-Za-z0-9_.-]+")
NOT_IN_TAGS = re.compile(r'[\x00-\x1f\x7f"]')


def bank_id_of(folder: str) -> str:
    """The id that `mcqdeck init` gives to a bank in a folder of this name; may be empty."""
    return "-".join(slug_words(folder))[:LONGEST_BANK_ID].strip("-")


def question_id_of(stem: str) -> str:
    """The id of a question whose author gave none: the stem's first words and a checksum of it.

    White space and letter case do not count. The same stem always gives the same id, so writing
    the id down later keeps it.
    """
    return _question_id(slug_words(stem[:_WORDS_FROM]), stem)


def former_question_id_of(stem: str) -> str:
    """The id that versions before 1.0 gave to such a question: letters beyond ASCII parted words.

    A question that was published under it keeps it.
    """
    return _question_id(_ASCII_WORD.findall(stem[:_WORDS_FROM].casefold()), stem)


def slug_words(text: str) -> list[str]:
    """The words of a text in the letters of a slug, other letters and scripts transliterated."""
    if not text.isascii():
        # Importing it takes as long as checking a few questions, and most need none of it.
        from anyascii import anyascii  # noqa: PLC0415

        text = anyascii(text)
    return _ASCII_WORD.findall(text.casefold())


def first_ids(renamed: Mapping[str, str]) -> dict[str, str | None]:
    """For each id in `renamed`, which holds older ids by newer ones, the first one published.

    `None` where the entries lead in a circle. An id without an entry is its own first id.
    """
    first: dict[str, str | None] = {}
    for newest in renamed:
        ids: dict[str, None] = {}
        here = newest
        while here in renamed and here not in first and here not in ids:
            ids[here] = None
            here = renamed[here]
        is_circle = here in ids
        origin = None if is_circle else first.get(here, here)
        first.update(dict.fromkeys(ids, origin))
    return first


def guid(bank_id: str, first_id: str) -> str:
    """The string by which Anki knows a note again, from the id first published for it."""
    # Importing genanki takes longer than checking a small bank, which needs no GUIDs.
    import genanki  # noqa: PLC0415

    value: str = genanki.guid_for(bank_id, first_id)
    return value


def option_letter(position: int) -> str:
    """The permanent id of the option at `position`, from 0 in source order: a … z, aa, ab …"""
    rest, last = divmod(position, 26)
    return (option_letter(rest - 1) if rest else "") + chr(ord("a") + last)


def note_type_id(bank_id: str) -> int:
    """The number by which Anki knows the bank's note type, which has one name for good too."""
    return _number(bank_id, bits=NOTE_TYPE_BITS)


def note_type_name(bank_id: str) -> str:
    """The note type's name, which depends on the bank's id only: a new title does not change it."""
    return _NOTE_TYPE + bank_id


def bank_id_in(name: str) -> str | None:
    """The id of the bank whose note type has this name; `None` if it is the name of another.

    Anki puts a `+` behind a name that is taken.
    """
    return name.removeprefix(_NOTE_TYPE).rstrip("+") if name.startswith(_NOTE_TYPE) else None


def deck_id(bank_id: str, *key: str) -> int:
    """The number of a deck: of the bank's own, or with a `key` of one below it.

    Anki knows decks by their names; we know them by this number again under another name.
    """
    return _number(bank_id, "deck", *key, bits=DECK_BITS)


def media_name(bank_id: str, path: str, digest: str, mark: str = "") -> str:
    """A file's name in the package: `<bank id>-<name>-<10 hex of SHA-256>.<ext>`.

    `path` is the file's path in the bank, `digest` the SHA-256 of its content in hex. The name
    holds only what is safe in Anki and in URLs. It begins with a `_`, by which Anki knows the files
    of a template, if `mark` is one, and only then.
    """
    stem, extension = posixpath.splitext(posixpath.basename(path))
    tail = f"-{digest[:10]}.{extension[1:].lower()}"
    name = NOT_IN_MEDIA_NAMES.sub("-", f"{bank_id}-{stem}").lstrip("_")
    return mark + name[: LONGEST_MEDIA_NAME - len(tail) - len(mark)] + tail


def _number(*parts: str, bits: int) -> int:
    """A number from `2**bits` to `2**(bits + 1) - 1` that depends on nothing but the parts.

    30 bits are what genanki uses; 48 make clashes unlikely and are exact in JavaScript.
    """
    digest = sha256("\x1f".join(parts).encode()).digest()
    return (1 << bits) + int.from_bytes(digest[:8], "big") % (1 << bits)


def _question_id(words: Sequence[str], stem: str) -> str:
    folded = " ".join(stem.casefold().split())
    checksum = sha256(folded.encode()).hexdigest()[:8]
    return "-".join([*words[:_WORDS_IN_ID], checksum])
