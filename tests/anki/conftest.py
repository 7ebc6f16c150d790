"""A learner's Anki: a throwaway collection of the real package `anki`, and banks to import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.dummy import DummyScheduler

from mcqdeck.building import build
from mcqdeck.project import check
from tests.anki.releases import Author, Item

if TYPE_CHECKING:
    from anki.cards import Card

ROOT = Path(__file__).parents[2]
BANKS = {
    "everything": ROOT / "tests" / "banks" / "everything",
    "12-core-functions": ROOT / "source" / "12-core-functions",
}
RELEASED = "1750000000"

PackageOf = Callable[[Path], Path]


class Log(Protocol):
    """What Anki says of an import: each list holds a note per entry."""

    new: list[Any]
    updated: list[Any]
    duplicate: list[Any]
    conflicting: list[Any]


@dataclass(frozen=True)
class Learner:
    """Somebody who imports packages and studies them."""

    collection: Collection

    def receive(self, package: Path, **options: Any) -> Log:
        """Imports a package with Anki's defaults, or with other `ImportAnkiPackageOptions`."""
        request = ImportAnkiPackageRequest(
            package_path=str(package), options=ImportAnkiPackageOptions(**options)
        )
        log: Log = self.collection.import_anki_package(request).log
        self.collection.models._clear_cache()
        return log

    def counts(self) -> dict[str, int]:
        """How many notes, cards, note types, decks and media files the collection holds."""
        tables = ("notes", "cards", "notetypes", "decks")
        counted = {name: self.rows(f"SELECT count() FROM {name}")[0][0] for name in tables}
        return counted | {"media": len(list(Path(self.collection.media.dir()).iterdir()))}

    def rows(self, query: str) -> list[Any]:
        """What an SQL query gives."""
        assert self.collection.db
        return self.collection.db.all(query)

    def cards(self) -> list[Card]:
        """All cards in the order of their notes."""
        return [
            self.collection.get_card(card_id)
            for (card_id,) in self.rows("SELECT id FROM cards ORDER BY nid, ord")
        ]

    def new_cards(self, deck: str) -> list[Card]:
        """The new cards of a deck in the order in which Anki shows them, siblings included."""
        decks = self.collection.decks
        deck_id = decks.id_for_name(deck)
        assert deck_id
        config = decks.config_dict_for_deck_id(deck_id)
        config["new"] |= {"perDay": 9999, "bury": False}
        config["rev"] |= {"perDay": 9999}  # it bounds new cards too
        decks.update_config(config)
        decks.set_current(deck_id)
        scheduler = self.collection.sched
        assert not isinstance(scheduler, DummyScheduler)
        queued = scheduler.get_queued_cards(fetch_limit=9999)
        return [self.collection.get_card(entry.card.id) for entry in queued.cards]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    """A learner with an empty collection."""
    collection = Collection(str(tmp_path / "collection.anki2"))
    yield Learner(collection)
    collection.close()


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """An empty collection, one for the tests of a file."""
    opened = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield opened
    opened.close()


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """An author with five questions, one with a picture."""
    author = Author(tmp_path / "author")
    author.items = [Item(f"q-{number}") for number in range(4)] + [Item("q-4", picture=0)]
    return author


@pytest.fixture(scope="session")
def package_of(tmp_path_factory: pytest.TempPathFactory) -> PackageOf:
    """Builds the bank in a folder and gives its package, each folder once."""
    built: dict[Path, Path] = {}

    def package_of(folder: Path) -> Path:
        if folder not in built:
            output = tmp_path_factory.mktemp("decks")
            environment = {"SOURCE_DATE_EPOCH": RELEASED}
            [bank] = build(check([folder]), output, environment=environment)
            built[folder] = bank.path
        return built[folder]

    return package_of


@pytest.fixture(scope="session", params=BANKS)
def package(request: pytest.FixtureRequest, package_of: PackageOf) -> Path:
    """The package of a bank: one that uses everything the format has, then the shipped one."""
    return package_of(BANKS[request.param])


@pytest.fixture(scope="session")
def everything(package_of: PackageOf) -> Path:
    """The package of the bank that uses everything the format has."""
    return package_of(BANKS["everything"])


@pytest.fixture(scope="session")
def imported(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """A learner who has just imported the package; tests only look."""
    collection = Collection(str(tmp_path_factory.mktemp("learner") / "collection.anki2"))
    learner = Learner(collection)
    learner.receive(package)
    yield learner
    collection.close()
