"""The mistakes that show when a bank meets its past; each docstring is the explanation."""

from __future__ import annotations

from mcqdeck.diagnostic import Finding, Rule, Severity
from mcqdeck.model import Place


def vanished_id(where: Place, message: str, cure: str) -> Finding:
    """A question that is gone from the source stays in every learner's collection, uncorrected.

    Anki never removes what a package leaves out, and a question under a new id is a second one
    without any reviews. Retire a question instead of deleting it (`retired: reason`), or record
    under `[history]` in `deck.toml` that it was `dropped` or `renamed`.
    """
    return Finding(where, message, cure)


def bad_history(where: Place, message: str, cure: str) -> Finding:
    """A learner's reviews would go to the wrong question, or to none.

    Under `[history]`, `dropped` pairs an id that is gone with the reason, and `renamed` pairs the
    id that a question has now with the one that was published before, which no question may have.
    """
    return Finding(where, message, cure)


def vanished_flashcard(where: Place, message: str) -> Finding:
    """A learner who has studied a flashcard that is taken away keeps it with an empty front, and
    Anki's check for empty cards deletes it with its reviews.

    Let the question keep its flashcard: word its stem so that it stands alone. If it cannot, say so
    to learners in the notes of the release.
    """
    return Finding(where, message, "keep the flashcard, and word the stem so that it stands alone")


def language_without_words(where: Place, name: str) -> Finding:
    """The card's own words are in English: there are none in the bank's language yet.

    Give the bank words of its own under `[words]` in `deck.toml`, as `docs/languages.md` shows, or
    help to add the language for all banks.
    """
    return Finding(
        where,
        f"there are no words in {name} yet: headings, verdicts and buttons are in English",
        "define them under `[words]`; docs/languages.md shows how",
        len("language"),
    )


def empty_deck_name(where: Place, what: str) -> Finding:
    """A deck without a name is called "blank" in Anki, and nobody finds its cards.

    Quotes, colons and invisible characters do not count. Write the title in letters or digits.
    """
    return Finding(where, f"{what} gives a deck no name", "write it in letters or digits")


def shared_deck(where: Place, name: str, owner: str) -> Finding:
    """A learner who studies one of them gets the cards of both, for Anki knows a deck by its name.

    Letter case makes no difference, nor do characters that a deck's name cannot hold. Give each
    chapter a title of its own.
    """
    return Finding(
        where,
        f"its cards go into the deck `{name}`, with those of {owner}",
        "give the chapter a title of its own",
    )


MISTAKES: tuple[Rule, ...] = (
    Rule(Severity.ERROR, vanished_id),
    Rule(Severity.WARNING, vanished_flashcard),
    Rule(Severity.ERROR, bad_history),
    Rule(Severity.ERROR, empty_deck_name),
    Rule(Severity.WARNING, shared_deck),
    Rule(Severity.INFO, language_without_words),
)
