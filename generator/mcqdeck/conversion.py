"""Joins the exchange with banks on disk: files in other forms become chapters, and back."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files as resources
from pathlib import Path, PurePosixPath

from mcqdeck import exchange, files, render
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.disk import write
from mcqdeck.exchange import (
    Contents,
    Format,
    Plan,
    Source,
    Target,
    Written,
    account,
    format_named,
)
from mcqdeck.model import LEVELS, Bank, Config
from mcqdeck.project import load

__all__ = [
    "STANDARD_STREAM",
    "account",
    "carry_out",
    "export",
    "format_named",
    "plan_import",
    "read_files",
    "readable",
    "save",
    "writable",
]

STANDARD_STREAM = "-"
_LONGEST = 512 * 1024 * 1024  # bytes of one file


def readable() -> tuple[Format, ...]:
    """The forms in which questions can come in."""
    return tuple(form for form in exchange.FORMATS if form.read)


def writable() -> tuple[Format, ...]:
    """The forms in which a bank can go out."""
    return tuple(form for form in exchange.FORMATS if form.write)


def read_files(paths: Sequence[Path], form: Format | None = None) -> tuple[Contents, ...]:
    """What the files hold, those in folders included; without `form` each is recognised.

    Raises:
        McqdeckError: a file cannot be read, or is of no form that is known; or a folder has none.
    """
    return tuple(exchange.read(source, form or _form_of(source)) for source in _sources(paths))


def _form_of(source: Source) -> Format:
    """The form of a file by its content, or else by its name, so that its reader tells the fault.

    Raises:
        McqdeckError: it is of no form that is known.
    """
    try:
        return exchange.recognised(source)
    except McqdeckError:
        suffix = PurePosixPath(source.name).suffix.lower()
        named = [form for form in readable() if suffix in form.suffixes]
        if len(named) != 1 or not source.data.strip():
            raise
        return named[0]


def _sources(paths: Sequence[Path]) -> Iterator[Source]:
    for path in paths:
        if str(path) == STANDARD_STREAM:
            yield Source("standard input", sys.stdin.buffer.read())
        elif path.is_dir():
            yield from _in_folder(path)
        else:
            yield _source(path, path.parent)


def _in_folder(folder: Path) -> Iterator[Source]:
    """The files below a folder that are of a known form, in name order.

    Raises:
        McqdeckError: there are none.
    """
    suffixes = {suffix for form in exchange.FORMATS if form.read for suffix in form.suffixes}
    is_there = False
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in suffixes or not path.is_file() or _is_hidden(path, folder):
            continue
        source = _source(path, path.parent)
        try:
            exchange.recognised(source)
        except McqdeckError:
            continue
        is_there = True
        yield source
    if not is_there:
        raise McqdeckError(
            f"{folder.as_posix()}: no file in this folder is in a form that mcqdeck knows"
        )


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _source(path: Path, folder: Path) -> Source:
    return Source(path.as_posix(), _bytes(path), _Beside(folder))


def _bytes(path: Path) -> bytes:
    return files.read(path, _LONGEST)


class _Beside(Mapping[str, bytes]):
    """The files beside a file and below its folder, by their path from there; none outside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        root = self._folder.resolve()
        try:
            path = (root / name).resolve()
            if not path.is_relative_to(root) or not path.is_file():
                raise KeyError(name)
            return _bytes(path)
        except (OSError, ValueError) as error:
            raise KeyError(name) from error

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def plan_import(
    sources: Sequence[Contents],
    folder: Path,
    *,
    chapter: str | None = None,
    language: str | None = None,
) -> Plan:
    """What adding the sources to the bank in `folder` would write; a new one is made if need be.

    Raises:
        McqdeckError: there is something in the folder that is no bank, or it cannot be read.
    """
    target = _target(sources, folder, language)
    return exchange.plan([_with_style(source) for source in sources], target, chapter=chapter)


def _with_style(contents: Contents) -> Contents:
    """The contents with the bank's own part of the style of its cards."""
    if not contents.card_style:
        return contents
    # The words of the card's own part depend on the language, its end does not.
    card = resources("mcqdeck.pack.card")
    own = card.joinpath("card.css").read_text(encoding="utf-8")
    _, mark, theirs = contents.card_style.partition(own.rpartition("]]")[2])
    for name in ("sound.css", "strike.css", "time.css"):
        theirs = theirs.removeprefix(card.joinpath(name).read_text(encoding="utf-8"))
    if mark:
        style = theirs.removeprefix("\n").replace(r"<\/", "</")
        return replace(contents, style=style)
    remark = "the style of the cards is of another version of mcqdeck; style.css is not made"
    return replace(contents, remarks=(*contents.remarks, remark))


def _target(sources: Sequence[Contents], folder: Path, language: str | None) -> Target:
    if (folder / "deck.toml").exists():
        bank = load(folder).bank
        return Target(bank.config, bank, _Media(folder, bank))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise McqdeckError(
            f"{folder.as_posix()}: neither a bank (there is no deck.toml) nor an empty folder"
        )
    config = next((source.config for source in sources if source.config), Config("", "", ""))
    name = folder.resolve().name
    levels = _levels(sources, config.levels)
    return Target(
        replace(
            config,
            path=(folder / "deck.toml").as_posix(),
            id=config.id or exchange.slug(name) or "bank",
            title=config.title or _title(name),
            language=language or config.language,
            levels=levels,
        )
    )


def _title(name: str) -> str:
    """A folder's name as a title: `my-exam` is `My exam`."""
    words = " ".join(name.replace("_", "-").split("-")).strip()
    return words[:1].upper() + words[1:] or "Bank"


def _levels(sources: Sequence[Contents], known: tuple[str, ...]) -> tuple[str, ...]:
    """The levels of a new bank: those of the source, or else those that its questions name."""
    used = dict.fromkeys(item.level for source in sources for item in source.items if item.level)
    return known if set(used) <= set(known) else (*(known if known != LEVELS else ()), *used)


class _Media(Mapping[str, bytes]):
    """The files of a bank that are no chapters, by path in its folder."""

    def __init__(self, folder: Path, bank: Bank) -> None:
        self._folder = folder
        self._names = frozenset(bank.files)

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return _bytes(self._folder / name)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._names))

    def __len__(self) -> int:
        return len(self._names)


def carry_out(plan: Plan, folder: Path) -> None:
    """Writes what a plan has; `deck.toml` comes last, so that a folder is no bank before it is one.

    Raises:
        McqdeckError: a file cannot be written, or would overwrite one that is there.
    """
    names = sorted(plan.files, key=lambda name: (name == "deck.toml", name.endswith(".md"), name))
    for name in names:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise McqdeckError(f"{name}: a path that leads out of the bank; nothing was written")
        if (folder / name).exists():
            raise McqdeckError(
                f"{(folder / name).as_posix()}: is there already; nothing was written"
            )
    for name in names:
        write(folder / name, plan.files[name])


def export(bank: Bank, form: Format) -> Written:
    """A bank in another form.

    Raises:
        McqdeckError: a file of the bank cannot be read, or the form cannot be written.
    """
    rendered, _ = render.render(bank)
    contents = exchange.contents_of(bank, rendered, lambda path: _bytes(Path(path)))
    return exchange.write(contents, form)


def save(written: Written, path: Path | None, bank_id: str, form: Format) -> Path:
    """Writes an export to `path`, or to a new file in the current folder named after the bank.

    Raises:
        McqdeckError: it cannot be written, or the file is there and was not asked for by name.
    """
    if path is None:
        path = Path(f"{bank_id}{form.suffixes[0]}")
        if path.exists():
            raise McqdeckError(f"{path}: is there already; name the file to write with -o")
    write(path, written.data)
    return path
