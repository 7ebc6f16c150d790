"""Joins the stages for sites: from checked banks to folders that a server or browser shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqdeck import disk, files, report
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.last_release import decks_of, release_at
from mcqdeck.model import Place, RenderedBank
from mcqdeck.project import Checked, Progress
from mcqdeck.site import Site, front_page

SITE_STEPS = 1
"""Steps that `publish` tells of for each bank."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The sites that were written, and what their author should know of them.

    `unread` pairs each formula that shows as its source with the place of its question;
    `without_deck` are the packages that were looked for, and that no site offers therefore.
    """

    sites: tuple[report.PublishedSite, ...]
    unread: tuple[tuple[str, Place], ...]
    without_deck: tuple[Path, ...]


def publish(
    checked: Checked, output: Path, decks: Path | None, progress: Progress = lambda _: None
) -> Publication:
    """Writes the site of one bank into `output`; of several, each into a folder named by its id.

    A package `<bank id>.apkg` in `decks`, by default where a build puts it, is offered for
    download. Files that are as they should be are left alone, and those of an earlier publication
    that are no more are removed.

    Raises:
        McqdeckError: a file cannot be read or written, or `output` holds something else.
        ValueError: the banks have errors.
    """
    if checked.has_errors:
        raise ValueError("banks with errors have no site")
    banks = checked.banks
    ids = [rendered.config.id for rendered in banks]
    packages = [
        (decks or decks_of(Path(bank.folder))) / f"{id_}.apkg"
        for bank, id_ in zip(banks, ids, strict=True)
    ]
    sites = [Site(bank, _package(bank, path)) for bank, path in zip(banks, packages, strict=True)]
    written = []
    if len(banks) > 1:
        disk.publish(output, ((page.path, page.data) for page in front_page(banks)))
    for bank, site in zip(banks, sites, strict=True):
        progress(f"Writing the site of {bank.folder}")
        folder = output if len(banks) == 1 else output / bank.config.id
        made = disk.publish(folder, ((page.path, page.data) for page in site.files()))
        written.append(_site(bank, folder, made))
    return Publication(
        tuple(written),
        tuple(_unread(sites)),
        tuple(path for path in packages if files.kind_of(path) is not files.Kind.FILE),
    )


def _package(bank: RenderedBank, path: Path) -> bytes | None:
    """The bytes of a bank's package, if it is there and one of this bank."""
    if files.kind_of(path) is not files.Kind.FILE:
        return None
    release = release_at(path)
    if release is None or release.bank_id != bank.config.id:
        raise McqdeckError(
            f"{path.as_posix()}: not a package of the bank `{bank.config.id}`; "
            "name another folder with --decks, or build it again"
        )
    return files.read(path, files.MOST_MEDIA)


def _unread(sites: Sequence[Site]) -> Iterator[tuple[str, Place]]:
    for site in sites:
        yield from site.unread_formulas


def _site(bank: RenderedBank, folder: Path, made: disk.Published) -> report.PublishedSite:
    return report.PublishedSite(
        path=folder / "index.html",
        title=bank.config.title,
        questions=sum(1 for _ in bank.entries),
        chapters=sum(1 for chapter in bank.chapters if chapter.entries),
        files=made.files,
        size=made.size,
        written=made.written,
        removed=made.removed,
    )
