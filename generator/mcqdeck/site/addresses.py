"""Where on a site each question and each chapter has its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from mcqdeck.identity import slug_words
from mcqdeck.model import Entry, RenderedBank, RenderedChapter

_LONGEST = 120  # characters; with a folder before it, all systems can have such a name
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)


def file_name(id_: str) -> str:
    """The name of a question's page without its ending: its id, as far as files can have it.

    Windows has no file `con.html`. No id ends in a hyphen, so none has another's name.
    """
    if len(id_) > _LONGEST:
        return f"{id_[:_LONGEST].rstrip('-')}-{sha256(id_.encode()).hexdigest()[:12]}-"
    return f"{id_}-" if id_ in _RESERVED else id_


def question_page(question: Entry) -> str:
    """The address of a question's page, from the site's first page."""
    return f"q/{file_name(question.id)}.html"


def chapter_keys(chapters: Sequence[RenderedChapter], folder: str) -> tuple[str, ...]:
    """A name for each chapter, of letters a-z, digits and hyphens: no two are the same.

    It comes from the path of the chapter's file in the bank, so a new title keeps it.
    """
    keys: dict[str, None] = {}
    for chapter in chapters:
        path = path_in_bank(chapter.path, folder).removesuffix(".md")
        key = base = file_name("-".join(slug_words(path)) or "chapter")
        number = 2
        while key in keys:
            key = f"{base}-{number}"
            number += 1
        keys[key] = None
    return tuple(keys)


def chapter_titles(chapters: Sequence[RenderedChapter], folder: str) -> tuple[str, ...]:
    """What tells each chapter from the others: its title, with its folders if another has it too.

    Two of one title in one folder are told apart by the paths of their files.
    """
    titles = [chapter.title for chapter in chapters]
    if len(set(titles)) == len(titles):
        return tuple(titles)
    paths = [PurePosixPath(path_in_bank(chapter.path, folder)) for chapter in chapters]
    places = [
        " / ".join(part.replace("-", " ").replace("_", " ") for part in path.parts[:-1])
        for path in paths
    ]
    once = Counter(titles)
    named = [
        f"{title} ({place})" if place and once[title] > 1 else title
        for title, place in zip(titles, places, strict=True)
    ]
    twice = Counter(named)
    return tuple(
        f"{name} ({path.with_suffix('')})" if twice[name] > 1 else name
        for name, path in zip(named, paths, strict=True)
    )


def path_in_bank(path: str, folder: str) -> str:
    """The path of a file relative to its bank's folder, with forward slashes."""
    inside = PurePosixPath(path)
    if inside.is_relative_to(PurePosixPath(folder)):
        return inside.relative_to(PurePosixPath(folder)).as_posix()
    return inside.name


def source_address(question: Entry, bank: RenderedBank) -> str:
    """Where a question's source can be seen on the web; empty where the bank does not say.

    On the usual hosts, a heading that is an id is also the name of its place in the page.
    """
    address = bank.config.repository
    if "{path}" not in address:
        return address
    path = path_in_bank(question.where.path, bank.folder)
    whole = address.replace("{path}", _encoded(path))
    has_place = "#" in whole or question.id_where.line != question.where.line
    return whole if has_place else f"{whole}#{question.id}"


def _encoded(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(path)
