"""The rule `duplicate-id`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Place
from mcqdeck.rules.analysis.banks import CheckedBanks


def duplicate_id(checked: CheckedBanks) -> Iterator[Finding]:
    """Two questions with one id are one note to Anki: learners would lose one of them.

    Give one of them another id; keep the id of the question that was published first. The same
    holds for the ids of two banks.
    """
    bank_ids: dict[str, Place] = {}
    for bank in checked.banks:
        where = dict(bank.config.places).get("id")
        if bank.config.id and where is not None:
            yield from _taken(bank.config.id, where, bank_ids)
        question_ids: dict[str, Place] = {}
        for question in bank.entries:
            yield from _taken(question.id, question.id_where, question_ids)


def _taken(name: str, where: Place, places: dict[str, Place]) -> Iterator[Finding]:
    """A finding if the name is in `places` already; else its place is put there."""
    first = places.setdefault(name, where)
    if first is not where:
        yield Finding(
            where,
            f"the id `{name}` is taken by {first.path}:{first.line}",
            "give the newer one another id; a published id stays as it is",
            len(name),
        )
