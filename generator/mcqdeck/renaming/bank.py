"""A bank in which a question has another id, and the proof that learners keep it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mcqdeck import files, pack, project
from mcqdeck.diagnostic import McqdeckError, Severity
from mcqdeck.fixes import edited
from mcqdeck.identity import first_ids, guid
from mcqdeck.model import Place, RenderedBank
from mcqdeck.read import Reading, decode, split
from mcqdeck.renaming.ids import demand_free, history, is_half_done, question_with
from mcqdeck.renaming.places import is_in_heading, link_edits, mentions, own_edits
from mcqdeck.renaming.settings import with_history


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a rename changes: files by path, as they are and as they will be.

    `links` counts the links that lead to the question; `mentions` are the places that name the old
    id in words, which only the author can judge.
    """

    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    links: int
    mentions: tuple[Place, ...]


def rename(folder: Path, old: str, new: str) -> Renamed:
    """The bank in `folder` in which the question `old` is called `new`; nothing is written.

    A rename that was killed while files were written is brought to its end. They come in an order
    in which the question keeps its GUID at every moment: what `[history]` needs in addition first,
    what it does not need any more last.

    Raises:
        McqdeckError: there is no such question, the new id cannot be had, or a file cannot be read.
    """
    reading = project.load(folder)
    config, questions = reading.bank.config, reading.bank.questions
    if config.path not in reading.texts or not config.id:
        raise McqdeckError(f"{config.path}: must be there and name the bank; run `mcqdeck check`")
    has_new_id = is_half_done(old, new, questions, config)
    question = question_with(questions, new if has_new_id else old)
    if not has_new_id:
        demand_free(new, questions, config, old)
    texts = {**reading.texts, **_pages(folder, reading)}
    changes = history(old, new, dict(config.renamed))
    settings = {config.path: with_history(config.path, texts[config.path], changes)}
    adds = None not in changes.values()
    after = settings if changes and adds else {}
    chapter, links = question.where.path, 0
    for path, lines in _markdown(texts):
        is_home = path == chapter and not has_new_id
        edits = list(own_edits(question, old, new, lines)) if is_home else []
        if is_in_heading(question):
            in_links = list(link_edits(path, lines, chapter, old, new))
            links += len(in_links)
            edits += in_links
        if edits:
            after[path] = edited(texts[path], sorted(edits, key=lambda edit: edit.start))
    if not adds:
        after |= settings
    if not after:
        raise McqdeckError(f"`{old}` is called `{new}` already")
    _prove(folder, after, question.id, (old, new))
    return Renamed(
        before={path: texts[path] for path in after},
        after=after,
        links=links,
        mentions=tuple(
            place
            for path, lines in _lines({**texts, **after})
            for place in mentions(path, lines, old)
        ),
    )


def _pages(folder: Path, reading: Reading) -> dict[str, bytes]:
    """The Markdown files of a bank that are no chapters, such as its README."""
    paths = (folder / name for name in reading.bank.files if name.endswith(".md"))
    return {path.as_posix(): files.read(path) for path in paths if files.is_inside(path, folder)}


def _lines(texts: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """The Markdown files, with their lines; of those that are not UTF-8 as much as can be read."""
    for path, data in texts.items():
        if path.endswith(".md"):
            yield path, split(decode(data).text)


def _markdown(texts: Mapping[str, bytes]) -> Iterator[tuple[str, list[str]]]:
    """The Markdown files that are UTF-8, with their lines."""
    for path, data in texts.items():
        decoded = decode(data)
        if path.endswith(".md") and decoded.bad_byte is None and b"\0" not in data:
            yield path, split(decoded.text)


def _prove(folder: Path, after: Mapping[str, bytes], now: str, ids: tuple[str, str]) -> None:
    """Makes sure that the files give every note what it had, but for the id and links to it.

    `now` is the id that the question has, `ids` the published one and the new one.

    Raises:
        McqdeckError: they do not.
    """
    old, new = ids
    was, will_be = project.check([folder]), project.check([folder], texts=after)
    [before], [changed] = was.banks, will_be.banks
    older = first_ids(dict(before.config.renamed)).get(old) or old
    wanted = {now: guid(before.config.id, older)}
    is_same = list(_notes(before, old, new, wanted)) == list(_notes(changed, old, new, {}))
    if not is_same or _errors(will_be) - _errors(was):
        raise McqdeckError(f"`{old}` cannot be renamed here; give it its new id by hand, and check")


def _notes(
    bank: RenderedBank, old: str, new: str, wanted: Mapping[str, str]
) -> Iterator[tuple[str, list[str], tuple[str, ...]]]:
    """What learners get, with the links as they were, and with other GUIDs for some ids."""
    for note in pack.notes_of(bank):
        name, *fields = note.fields
        fields = [field.replace(f"#{new}", f"#{old}") for field in fields]
        yield wanted.get(name, note.guid), fields, note.tags


def _errors(checked: project.Checked) -> Counter[str]:
    return Counter(
        diagnostic.name
        for diagnostic in checked.diagnostics
        if diagnostic.severity is Severity.ERROR
    )
