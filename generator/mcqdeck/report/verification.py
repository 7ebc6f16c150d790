"""What a package did in the real Anki, as text for people, in Markdown, and as JSON for tools."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from math import prod
from typing import Any

from mcqdeck.report.changes import escaped
from mcqdeck.report.json import as_text
from mcqdeck.report.summary import counted
from mcqdeck.report.visible import visible
from mcqdeck.verification import Effect, Kind, Outcome, Package, Settings, Update, Verification

_MOST_SHOWN = 10
"""How many notes or names text shows of each finding; JSON has them all."""

_AGAIN = "the same package imported once more"

_SAYS: Mapping[Kind, tuple[str, str]] = {
    Kind.NOTE_LOST: ("notes are gone", ""),
    Kind.CARD_LOST: ("cards are gone, with their reviews", ""),
    Kind.CARD_EMPTIED: (
        "cards that learners study no longer show anything on their front",
        "Anki's check for empty cards deletes them with their reviews: keep the flashcard, or the "
        "field that the template asks for.",
    ),
    Kind.REVIEW_LOST: ("reviews are gone from the log", ""),
    Kind.SCHEDULE_LOST: ("cards are due at a different time", ""),
    Kind.SUSPENSION_LOST: ("cards that were suspended no longer are", ""),
    Kind.BURYING_LOST: ("cards that were buried no longer are", ""),
    Kind.FLAG_LOST: ("cards have a different flag", ""),
    Kind.CARD_MOVED: ("cards lie in another deck than the one where the learner put them", ""),
    Kind.FILTERED_DECK_LOST: ("cards left the learner's filtered deck", ""),
    Kind.DECK_LOST: ("decks are gone or have other names", ""),
    Kind.DECK_OPTIONS_LOST: ("decks lost the options that the learner gave them", ""),
    Kind.EDIT_LOST: (
        "what learners wrote into notes that did not change is gone",
        "Anki replaces a note if the package dates it later than the learner's edit. A note that "
        "did not change must keep its time: build on the last release.",
    ),
    Kind.TAG_LOST: (
        "the learners' own tags of notes that did not change are gone",
        "Anki replaces tags with the note: a note that did not change must keep its time.",
    ),
    Kind.STYLE_LOST: (
        "the learners' own style of a note type that did not change is gone",
        "A note type that did not change must keep its time.",
    ),
    Kind.MEDIA_LOST: ("media files are gone or have different content", ""),
    Kind.NOT_IMPORTED: (
        "Anki does not import the package",
        "A package is a zip file with a collection of Anki in it: build or export it again.",
    ),
    Kind.CRASHED: ("Anki crashed over the package", ""),
    Kind.DUPLICATE_GUID: (
        "the package holds several notes with one GUID",
        "Learners get them all, and no later release can tell them apart.",
    ),
    Kind.WITHOUT_CARDS: ("notes arrive without a card, so that nobody sees them", ""),
    Kind.NOT_ARRIVED: (
        "what changed does not arrive, or what is new",
        "Anki takes a change only if the package dates it later than what the learner has.",
    ),
    Kind.CONFLICT: (
        "notes are in conflict: Anki leaves them as they are, and adds another note type",
        "Corrections will never reach them. The fields and templates of a note type, their ids "
        "and its own must stay as they were published.",
    ),
    Kind.FULL_SYNC: (
        "Anki will ask for a full sync, and what another device has not synced is lost",
        "The fields and templates of a note type, and the field it is sorted by, must stay.",
    ),
    Kind.RENDERED_WITH_FAULT: ("cards show an error of their template", ""),
    Kind.EMPTY_CARD: ("cards show nothing on their front", ""),
    Kind.MEDIA_MISSING: ("notes show media files that are not there", ""),
    Kind.DATABASE_UNSOUND: ("Anki's check of the database finds faults", ""),
    Kind.NOT_SETTLED: ("the package changes notes again when it is imported once more", ""),
    Kind.EDIT_REPLACED: (
        "notes that changed come as their author wrote them, without the learners' edits and tags",
        "Anki does this with every correction.",
    ),
    Kind.EDIT_KEPT: (
        "notes that changed do not arrive where learners edited them later",
        "Anki does this with every note that was edited after the release was made.",
    ),
    Kind.OVERWRITTEN: (
        "learners who update notes always lose their edits and tags of notes that did not change",
        "They chose this setting in Anki; no package can prevent it.",
    ),
    Kind.WITHHELD: (
        "learners who never update do not get what changed",
        "They chose this setting in Anki.",
    ),
    Kind.STYLE_REPLACED: (
        "the look of the package replaces the learners' own style",
        "Anki does this where the look changed, and where learners always update note types.",
    ),
    Kind.DECK_OPTIONS_REPLACED: (
        "the presets of the package replace the learners' own options of decks",
        "They chose this in Anki, with its setting to import deck presets.",
    ),
    Kind.UNRELATED: (
        "no note of the old package is in the new one",
        "Two releases of one bank have notes in common: is this the right old package?",
    ),
    Kind.STAYED: (
        "notes that are not in the new package stay with learners, uncorrected",
        "Anki never removes notes by itself.",
    ),
    Kind.MEDIA_UNUSED: ("the package holds media files that no note shows", ""),
}

_SETTINGS = {
    "update_notes": "update notes",
    "update_note_types": "update note types",
    "merge_note_types": "merge note types",
    "learning_progress": "import learning progress",
    "deck_presets": "import deck presets",
}
_VALUES: Mapping[str, tuple[object, ...]] = {
    "update_notes": tuple(Update),
    "update_note_types": tuple(Update),
}
_WORDS: Mapping[object, str] = {True: "on", False: "off"}
_STOPS = frozenset({Kind.NOT_IMPORTED, Kind.CRASHED})
_HEADINGS = {Effect.LOSS: "Losses", Effect.FAULT: "Faults", Effect.REMARK: "Remarks"}


def verification_as_text(verification: Verification) -> Iterator[str]:
    """The packages, what arrives, what learners had done, and what was found, the worst first."""
    yield from _package(verification.new, is_read=_has_run(verification))
    if verification.old:
        yield from _package(verification.old, is_read=True)
    yield _tried(verification)
    if _has_run(verification):
        yield f"arrives: {_arrived(verification)}"
    if verification.done:
        yield f"done before: {_done(verification)}"
    for outcome in verification.outcomes:
        yield f"{_head(outcome)}: {_SAYS[outcome.kind][0]}"
        yield from (f"  {line}" for line in _details(verification, outcome))
    yield verdict(verification)


def verification_as_markdown(verification: Verification) -> str:
    """The same for release notes and summaries of a build server."""
    return "\n".join(_markdown(verification)) + "\n"


def verification_as_json(verification: Verification) -> str:
    """An object with `anki, good, settings, new, old, arrived, done, found`."""
    return as_text(
        {
            "anki": verification.anki,
            "good": verification.is_good,
            "settings": verification.settings,
            "new": _package_json(verification.new),
            "old": _package_json(verification.old) if verification.old else None,
            "arrived": asdict(verification.arrived),
            "done": dict(verification.done),
            "found": [
                {
                    "name": outcome.kind.value,
                    "effect": outcome.kind.effect,
                    "message": _SAYS[outcome.kind][0],
                    "help": _SAYS[outcome.kind][1],
                    "notes": [
                        {"guid": guid, "question": verification.question_of(guid)}
                        for guid in outcome.notes
                    ],
                    "names": list(outcome.names),
                    "settings": [asdict(setting) for setting in outcome.settings],
                }
                for outcome in verification.outcomes
            ],
        }
    )


def verdict(verification: Verification) -> str:
    """Whether learners lose anything, in a line."""
    counts = Counter(outcome.kind.effect for outcome in verification.outcomes)
    losses, faults = counts[Effect.LOSS], counts[Effect.FAULT]
    words = [f"{losses} {'loss' if losses == 1 else 'losses'}"] if losses else []
    words += [counted(faults, "fault")] if faults else []
    if losses:
        return f"learners would lose something: {', '.join(words)}"
    return f"not fit for learners: {', '.join(words)}" if faults else "no learner loses anything"


def _has_run(verification: Verification) -> bool:
    """Whether Anki came as far as to let learners import the package."""
    return not any(outcome.kind in _STOPS for outcome in verification.outcomes)


def _package(package: Package, *, is_read: bool) -> Iterator[str]:
    yield visible(package.path.as_posix())
    yield f"  SHA-256 {package.sha256}, {package.size:,} bytes, {_maker(package)}"
    if words := _held(package) or ("no notes" if is_read else ""):
        yield f"  {words}"


def _maker(package: Package) -> str:
    return f"the bank {package.bank} of mcqdeck" if package.bank else "not made by mcqdeck"


def _held(package: Package) -> str:
    held = package.held
    counts = (
        (held.notes, "note"),
        (held.cards, "card"),
        (held.note_types, "note type"),
        (held.decks, "deck"),
        (held.media, "media file"),
    )
    return ", ".join(counted(number, word) for number, word in counts if number)


def _tried(verification: Verification) -> str:
    learners = "learners of the old package" if verification.old else f"learners, {_AGAIN}"
    return (
        f"tried with Anki {verification.anki}, {learners}, "
        f"{counted(verification.settings, 'setting')} of the import"
    )


def _arrived(verification: Verification) -> str:
    arrived = verification.arrived
    return (
        f"{counted(arrived.new, 'new note')}, {arrived.updated:,} updated, "
        f"{arrived.unchanged:,} unchanged, {arrived.conflicting:,} in conflict; "
        f"{counted(arrived.new_cards, 'new card')}"
    )


def _done(verification: Verification) -> str:
    return ", ".join(f"{number:,} {deed}" for deed, number in verification.done.items())


def _head(outcome: Outcome) -> str:
    return f"{outcome.kind.effect}[{outcome.kind.value}]"


def _details(verification: Verification, outcome: Outcome) -> Iterator[str]:
    if outcome.notes:
        names = sorted(verification.question_of(guid) or guid for guid in outcome.notes)
        yield f"{counted(len(names), 'note')}: {_listed(names)}"
    for name in outcome.names[:_MOST_SHOWN]:
        yield visible(name)
    if len(outcome.names) > _MOST_SHOWN:
        yield f"and {len(outcome.names) - _MOST_SHOWN:,} more"
    if outcome.settings:
        yield f"when: {_when(outcome.settings)}"
    if help_ := _SAYS[outcome.kind][1]:
        yield f"help: {help_}"


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(map(visible, names[:_MOST_SHOWN]))
    more = len(names) - _MOST_SHOWN
    return f"{shown} and {more:,} more" if more > 0 else shown


def _when(settings: Sequence[Settings]) -> str:
    """The settings in words: `update notes: if newer or always; merge note types: off`.

    Where they are no full combination of the values that they have, the first one stands for all.
    """
    values = {
        name: [
            value
            for value in _VALUES.get(name, (False, True))
            if any(getattr(setting, name) == value for setting in settings)
        ]
        for name in _SETTINGS
    }
    if prod(len(value) for value in values.values()) != len(settings):
        first = _when(settings[:1])
        return f"{counted(len(settings), 'combination')} of settings, the first of them {first}"
    return "; ".join(
        f"{_SETTINGS[name]}: {' or '.join(_WORDS.get(value, str(value)) for value in chosen)}"
        for name, chosen in values.items()
        if len(chosen) < len(_VALUES.get(name, (False, True)))
    )


def _markdown(verification: Verification) -> Iterator[str]:
    yield f"## {verdict(verification).capitalize()}"
    yield ""
    for title, package in (("New", verification.new), ("Old", verification.old)):
        if package:
            yield f"- {title}: {escaped(package.path.as_posix())}, {_maker(package)}"
            yield f"  - SHA-256: `{package.sha256}`"
            if words := _held(package):
                yield f"  - holds {words}"
    yield f"- {_tried(verification).capitalize()}"
    if _has_run(verification):
        yield f"- Arrives: {_arrived(verification)}"
    if verification.done:
        yield f"- Done before: {_done(verification)}"
    yield ""
    for effect, heading in _HEADINGS.items():
        chosen = [outcome for outcome in verification.outcomes if outcome.kind.effect is effect]
        if chosen:
            yield f"### {heading}"
            yield ""
        for outcome in chosen:
            yield f"- **{outcome.kind.value}**: {_SAYS[outcome.kind][0]}"
            yield from (f"  - {escaped(line)}" for line in _details(verification, outcome))
        if chosen:
            yield ""


def _package_json(package: Package) -> dict[str, Any]:
    return {
        "path": package.path.as_posix(),
        "sha256": package.sha256,
        "size": package.size,
        "bank": package.bank or None,
        **asdict(package.held),
    }
