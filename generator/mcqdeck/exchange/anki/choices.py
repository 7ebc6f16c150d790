"""Note types of others that hold choices: AllInOne of zjosua/anki-mc, and ikkz/anki-eco's.

https://github.com/zjosua/anki-mc: fields `Question`, `QType…` (0 is kprim, 1 several, 2 one),
`Q_1` …, and `Answers`, a 1 or 0 for each by its number. https://github.com/ikkz/anki-eco:
`question`, `optionA` …, `answer` with the letters of the right ones, `note`, `noteA` ….
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mcqdeck.exchange.anki.collection import Note
from mcqdeck.exchange.anki.fields import Fields
from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import NOTHING, Item, Kind, LeftOut, Option, Text
from mcqdeck.exchange.other_markdown import letters, value_of
from mcqdeck.model import Place

_MARKUP = re.compile(r"<[^<>]*>|&nbsp;")
_CHOICE = re.compile(r"(?:Q|MC)_(\d+)$")
# `Options` names no letter.
_LETTERED = re.compile(r"(?i:option) ?([A-RT-Za-rt-z])$|[Oo]ption ?(S)$|(?i:option) (s)$")
# Capitals, or small letters that are parted or few.
_ALL_LETTERS = re.compile(r"[A-Z](?:[\s,;/&+]*[A-Z])*|[a-z](?:[\s,;/&+]+[a-z])+|[a-z]{1,3}")
_STATEMENT = re.compile(r"(?:^|\n)[ \t]*([TF])={3,}[ \t]*\n?")

Maker = Callable[[Note, Place, Fields], "Item | LeftOut"]


def maker(note: Note) -> Maker | None:
    """What reads the notes of this type, if it is one of these."""
    names = {name.casefold() for name in note.kind.fields}
    if any(_CHOICE.match(name) for name in note.kind.fields) and "answers" in names:
        return _all_in_one
    if "question" in names and "answer" in names and any(map(_LETTERED.match, note.kind.fields)):
        return _lettered
    if {"question", "items"} <= names:
        return _items
    return None


def _plain(html: str) -> str:
    return " ".join(_MARKUP.sub(" ", html).split())


def _all_in_one(note: Note, where: Place, fields: Fields) -> Item | LeftOut:
    by_name = {name.casefold(): html for name, html in note.fields.items()}
    stem = fields.others(by_name.get("question", ""))
    if title := fields.others(by_name.get("title", "")).markdown:
        stem = Text(
            f"**{title}**\n\n{stem.markdown}".strip()
            if "\n" not in title
            else f"{title}\n\n{stem.markdown}"
        )
    answers = _plain(by_name.get("answers", "")).split()
    numbered = [(match, html) for name, html in note.fields.items()
                if (match := _CHOICE.match(name)) and html.strip()]  # fmt: skip
    choices = [html for _, html in numbered]
    places = [int(match[1]) - 1 for match, _ in numbered]
    words = words_of(stem)
    if len(answers) < len(choices) or not set(answers) <= {"0", "1"}:
        return LeftOut(where, Kind.DAMAGED, words, "its answers are not a 1 or 0 for each choice")
    if max(places, default=0) >= len(answers):  # of an older card, which left out empty choices
        places = list(range(len(choices)))
    marks = [answers[place] == "1" for place in places]
    if len(choices) < 2:
        return LeftOut(where, Kind.DAMAGED, words, "fewer than two choices")
    if all(marks) or not any(marks):
        reason = "each statement is judged by itself, and all are alike"
        return LeftOut(where, Kind.OTHER, words, reason)
    options = tuple(
        Option(fields.others(html), mark) for html, mark in zip(choices, marks, strict=True)
    )
    return Item(
        where,
        stem,
        options,
        explanation=fields.others(by_name.get("extra 1", "") or by_name.get("extra", "")),
        references=fields.others(by_name.get("sources", "")),
    )


def _lettered(note: Note, where: Place, fields: Fields) -> Item | LeftOut:
    by_name = {name.casefold().replace(" ", ""): html for name, html in note.fields.items()}
    stem = fields.others(by_name.get("question", ""))
    lettered = {
        match[match.lastindex or 1].upper(): html
        for name, html in note.fields.items()
        if (match := _LETTERED.match(name)) and html.strip()
    }
    key = _key(_plain(by_name.get("answer", "")), lettered)
    options = []
    for letter, html in lettered.items():
        why = by_name.get(f"note{letter.casefold()}", "")
        rationale = fields.others(why) if why else NOTHING
        options.append(Option(fields.others(html), letter in key, rationale))
    if len(options) < 2:
        return LeftOut(where, Kind.FLASHCARD, words_of(stem), "a flashcard without options")
    explanation = fields.others(by_name.get("note", "") or by_name.get("explanation", ""))
    return Item(where, stem, tuple(options), explanation=explanation)


def _key(answer: str, lettered: Mapping[str, str]) -> set[str]:
    """The letters of the right options: those that an answer is made of or begins with, or the
    letter of the option that it quotes.

    The card of anki-eco takes all capitals in it, which are letters of words as well.
    """
    if named := _letters(answer, lettered):
        return named
    texts = {_plain(html).casefold(): letter for letter, html in lettered.items()}
    value = value_of(answer)
    if letter := texts.get(answer.casefold()) or texts.get(value.casefold()):
        return {letter}
    begins = {letter.upper() for letter in letters(value)}
    return _letters(value, lettered) or (begins if begins <= set(lettered) else set())


def _letters(answer: str, lettered: Mapping[str, str]) -> set[str]:
    """The letters that are all of an answer, if each is an option's."""
    named = {sign for sign in answer.upper() if sign.isalpha()}
    is_all = _ALL_LETTERS.fullmatch(answer) and named <= set(lettered)
    return named if is_all else set()


def _items(note: Note, where: Place, fields: Fields) -> Item | LeftOut:
    """Statements that are true or false: a single one is a question."""
    by_name = {name.casefold(): html for name, html in note.fields.items()}
    stem = fields.others(by_name["question"])
    text = fields.others(by_name["items"]).markdown.replace("<br>", "\n").replace("\\\n", "\n")
    parts = _STATEMENT.split(text.replace("\\=", "="))
    if len(parts) != 3:
        return LeftOut(
            where, Kind.OTHER, words_of(stem), "several statements are judged, or matched"
        )
    is_true = parts[1] == "T"
    whole = "\n\n".join(part for part in (stem.markdown, parts[2].strip()) if part)
    return Item(
        where,
        Text(whole),
        (Option(Text("True"), is_true), Option(Text("False"), not is_true)),
        explanation=fields.others(by_name.get("note", "")),
        keeps_order=True,
        is_true_false=True,
    )
