"""Which id a question may get, and what `[history]` must then say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.identity import SLUG, first_ids, slug_words
from mcqdeck.model import Config, Question
from mcqdeck.read.closest import closest


def question_with(questions: Sequence[Question], name: str) -> Question:
    """The question with an id; one without an id of its own may go by an older derived one.

    Raises:
        McqdeckError: there is none, or there are two.
    """
    named = [question for question in questions if question.id == name]
    named = named or [question for question in questions if question.former_id == name]
    if len(named) > 1:
        lines = " and ".join(
            f"{question.where.path}:{question.where.line}" for question in named[:2]
        )
        raise McqdeckError(f"two questions have the id `{name}`: {lines}; give one another id")
    if named:
        return named[0]
    meant = closest(name, [question.id for question in questions])
    advice = f"; did you mean `{meant}`?" if meant else ""
    raise McqdeckError(f"no question has the id `{name}`{advice}")


def demand_free(new: str, questions: Sequence[Question], config: Config, old: str) -> None:
    """Makes sure that an id is one, and that no other question has it or had it.

    Raises:
        McqdeckError: it is not, or one has.
    """
    if not SLUG.fullmatch(new):
        slug = "-".join(slug_words(new))
        advice = f"; did you mean `{slug}`?" if slug else ""
        raise McqdeckError(
            f"`{new}` is no id: lower-case letters a to z, digits and single hyphens{advice}"
        )
    if new == old:
        raise McqdeckError(f"`{new}` is the id that the question has already")
    for question in questions:
        if new in (question.id, question.former_id) and old not in (
            question.id,
            question.former_id,
        ):
            where = question.where
            raise McqdeckError(f"`{new}` is taken, by the question at {where.path}:{where.line}")
    dropped, renamed = dict(config.dropped), dict(config.renamed)
    if new in dropped:
        raise McqdeckError(
            f"`{new}` is taken: [history] says that a question of this id was dropped "
            f"({dropped[new]})"
        )
    is_begun = renamed.get(new) == old  # [history] says so, and the chapter does not yet
    if new in {*renamed, *renamed.values()} - set(older_ids(old, renamed)) and not is_begun:
        raise McqdeckError(f"`{new}` is taken: [history] says that a question had this id")


def is_half_done(old: str, new: str, questions: Sequence[Question], config: Config) -> bool:
    """Whether a rename was killed after it had given the question its new id.

    Links to the question may still lead to the old one, and `[history]` may not be as it should.
    """
    names = {question.id for question in questions}
    renamed = dict(config.renamed)
    is_told = renamed.get(new) == old or new in older_ids(old, renamed)
    return old not in names and new in names and is_told


def older_ids(name: str, renamed: Mapping[str, str]) -> list[str]:
    """The ids that a question had before, the latest first."""
    older: list[str] = []
    here = renamed.get(name)
    while here is not None and here not in older:
        older.append(here)
        here = renamed.get(here)
    return older


def history(old: str, new: str, renamed: Mapping[str, str]) -> dict[str, str | None]:
    """What changes in `renamed`: the older id that a newer one gets, or none where an entry goes.

    A question that gets an id back that it had needs no entry for what came after. Nothing changes
    where the entries say it already.

    Raises:
        McqdeckError: its entries lead in a circle.
    """
    if first_ids(renamed).get(old, old) is None:
        raise McqdeckError(f"[history] `renamed` leads in a circle at `{old}`")
    older = older_ids(old, renamed)
    if renamed.get(new) == old:
        return {}
    if new not in older:
        return {new: old}
    return dict.fromkeys([old, *older[: older.index(new)]])
