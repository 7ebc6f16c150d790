"""JSON of other programs: Open Trivia's, and lists of objects with a stem, options and an answer.

Open Trivia (https://opentdb.com/api_config.php) encodes its texts as HTML, as in addresses (as RFC
3986 has it, or as forms have it, with `+` for a space), or in base64; which of them tells the type
of a question, or how the texts look.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote, unquote_plus

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange.item import Contents, Source
from mcqdeck.exchange.own_json import is_own, loaded
from mcqdeck.exchange.tables.header import first_name, folded, header, names_of
from mcqdeck.exchange.tables.keys import counted
from mcqdeck.exchange.tables.rows import Reader, Row
from mcqdeck.exchange.text import text_of

_TRIVIA = frozenset({"question", "correct_answer", "incorrect_answers"})
_TYPES = frozenset({"multiple", "boolean"})
_OPTIONS = frozenset(
    {*names_of("choices"), "answers", "optionen", "respuestas", "reponses", "risposte", "respostas"}
)
_TITLES = ("title", "name", "titulo", "titel", "topic", "category")
_DEEPEST = 12  # lists within objects within lists
_TEXT = ("text", "value", "label", "option", "answer", "content", "title", "body", "name",
         "answer text", "option text", "choice text")  # fmt: skip
_PREFIX = re.compile(r"(?:answer|option|choice)[ _](?=[a-z]$)")
_RIGHT_OF_EACH = re.compile(r"(?:answer|option|choice)[ _]([a-z])[ _]correct")
_IS_RIGHT = frozenset(
    {"correct", "is correct", "iscorrect", "right", "is right", "isanswer", "is answer", "valid",
     "is valid", "is true"}
)  # fmt: skip
_ID = ("id", "key", "letter", "option letter", "option id", "answer id", "choice id", "identifier")
_LETTER = re.compile(r"\(?\w[.):]?\)?")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z0-9])")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_STEMS = names_of("stem") | {"q"}
_WRONG = frozenset({"incorrect answers", "wrong answers", "distractors", "incorrectanswers"})


def recognises(source: Source) -> bool:
    """Whether a file is JSON with a list of objects that look like questions."""
    try:
        if not text_of(source).lstrip().startswith(("[", "{")):
            return False
        data = loaded(source)
    except McqdeckError:
        return False
    return not is_own(data) and bool(_records(data))


def read(source: Source) -> Contents:
    """The questions of a file.

    Raises:
        McqdeckError: it is not JSON, or holds no list of questions.
    """
    data = loaded(source)
    records = _records(data)
    if not records:
        raise McqdeckError(
            f"{source.name}: no list of questions in this JSON: objects with `question`, `options` "
            "and `answer`"
        )
    reader = Reader(source.name, source.others, of_program=True)
    decode = _decoder(records)
    ids = [_named_by_id(record) for record in records]
    are_ids = () not in ids
    rows = [
        _trivia(record, decode) if decode else _flat(record, (are_ids and named) or ())
        for record, named in zip(records, ids, strict=True)
    ]
    table = reader.table(_as_rows(rows))
    if table.header is None:
        raise McqdeckError(
            f"{source.name}: the questions in this JSON have no options or no answer"
        )
    return Contents.of(table.made, reader.files.attachments, reader.losses)


def _records(data: Any) -> list[dict[str, Any]]:
    """The objects of all lists of questions in a value, those of several lists with a chapter."""
    lists = list(_lists(data, ""))
    if len(lists) < 2:
        return [record for _, records in lists for record in records]
    return [_with_chapter(record, title) for title, records in lists for record in records]


def _with_chapter(record: Mapping[str, Any], title: str) -> dict[str, Any]:
    """A record with the chapter that it names itself, or else that of its list."""
    names = names_of("chapter")
    own = [_text(value) for key, value in record.items() if _name(key) in names]
    rest = {key: value for key, value in record.items() if _name(key) not in names}
    return {**rest, "chapter": next(filter(None, own), title)}


def _lists(data: Any, title: str, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The lists of questions in a value, each under the title of what holds it, or its name."""
    if depth > _DEEPEST or not isinstance(data, list | dict):
        return
    entries = data if isinstance(data, list) else list(data.values())
    records = [_unnested(entry) for entry in entries if isinstance(entry, dict)]
    if any(_is_question(record) for record in records):
        yield title, records
        return
    if isinstance(data, list):
        for record in records:
            for inner, questions in _lists(record, _title(record), depth + 1):
                yield inner or title, questions
        return
    of_keys = [(key, list(_lists(value, "", depth + 1))) for key, value in data.items()]
    is_one = sum(bool(lists) for _, lists in of_keys) == 1
    for key, lists in of_keys:
        for inner, records in lists:
            yield inner or (title if is_one and title else _words(key)), records


def _unnested(record: dict[str, Any]) -> dict[str, Any]:
    """A record with what an object that is called its question says beside its stem."""
    for key, value in record.items():
        if _name(key) == "question" and isinstance(value, dict):
            rest = {name: inner for name, inner in record.items() if name != key}
            return {**value, **rest} if _by_name(value).keys() & _STEMS else record
    return record


def _title(record: Mapping[str, Any]) -> str:
    titles = (record.get(key) for key in _TITLES)
    return next((title for title in titles if isinstance(title, str)), "")


def _is_question(record: Mapping[str, Any]) -> bool:
    names = _by_name(record).keys()
    if "value" in names and "correct answer" in names and names & _WRONG:
        return True
    if not names & _STEMS:
        has_key = "title" in names and bool(names & names_of("key"))
        return bool(names & {"text", "title"}) and any(
            len(options) > 1 and ("text" in names or has_key or any(map(_is_right, options)))
            for options in _lists_of_options(record)
        )
    return bool(
        names & (_OPTIONS | _WRONG)
        or any(_lists_of_options(record))
        or _pair(record)
        or header(list(map(_words, record))).is_enough
        or {"a", "b"} <= names
        or any("option" in name for name in names)
    )


def _words(key: str) -> str:
    """A key's name with spaces: `correctAnswer` is `correct Answer`."""
    return _HUMP.sub(" ", key)


def _name(key: str) -> str:
    """A key's name as names of columns are compared."""
    return folded(_words(key))


def _by_name(record: Mapping[str, Any]) -> dict[str, Any]:
    """The values of an object by the names of its keys."""
    return {_name(key): value for key, value in record.items()}


def _decoder(records: list[dict[str, Any]]) -> Callable[[str], str] | None:
    """How Open Trivia's texts are to be read, if the records are its own."""
    if not all(record.keys() >= _TRIVIA for record in records):
        return None
    kinds = {str(record.get("type", "")) for record in records}
    if kinds <= _TYPES:
        return _of_addresses([_text(record["question"]) for record in records]) or unescape
    return _from_base64


def _of_addresses(texts: list[str]) -> Callable[[str], str] | None:
    """How texts are to be read that are encoded as in addresses, if they are."""
    if any(" " in text for text in texts) or not any(map(_ENCODED.search, texts)):
        return None
    return unquote_plus if any("+" in text for text in texts) else unquote


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except ValueError:  # not base64, or no text in it
        return unescape(text)


def _trivia(record: Mapping[str, Any], decode: Callable[[str], str]) -> dict[str, str]:
    row = {
        "question": decode(_text(record["question"])),
        "correct answer": decode(_text(record["correct_answer"])),
    }
    wrong = record["incorrect_answers"]
    for number, text in enumerate(wrong if isinstance(wrong, list) else [], start=1):
        row[f"incorrect answer {number}"] = decode(_text(text))
    for key in ("category", "difficulty"):
        row[key] = decode(_text(record.get(key)))
    return row


def _flat(record: Mapping[str, Any], named: Sequence[int]) -> dict[str, str]:
    """A record as a row: each option by itself; `named` are the right ones, where ids name them."""
    row: dict[str, str] = {}
    names = _by_name(record).keys()
    keys = names_of("key")
    stem = _stem_name(names)
    for key, value in record.items():
        name = _name(key)
        has_options = _holds_options(name, value, names)
        if name == "a" and not has_options and "b" not in names and not names & keys:
            name = "answer"  # `q` and `a`
        if name == stem:
            row["stem"] = _text(value)
        elif name == "correct answers" and isinstance(value, dict):
            row["answer"] = ", ".join(_right_letters(value))
        elif has_options:
            row.update(_options(value))
        elif name in _WRONG and isinstance(value, list):
            row.update(
                {f"wrong answer {n}": _text(answer) for n, answer in enumerate(value, start=1)}
            )
        else:
            one_name = name if "index" in name else first_name(name)
            if one_name in row:
                one_name = name
            between = "\n" if name in keys else ", "
            row[one_name] = (
                between.join(map(_text, value)) if isinstance(value, list) else _text(value)
            )
    if named:
        row["answer"] = ", ".join(map(counted, named))
    return row | _pair(record)


def _stem_name(names: Collection[str]) -> str:
    """The name of what is the stem, where it is not called so."""
    known = [name for name in names if name in _STEMS]
    if known:
        return "q" if known == ["q"] else ""
    return next((name for name in ("text", "value", "title") if name in names), "")


def _pair(record: Mapping[str, Any]) -> dict[str, str]:
    """The options of a statement that is true or false, as a JSON value says."""
    parts = _by_name(record)
    has_options = any("option" in name or name in {"a", "b"} for name in parts)
    if has_options or parts.keys() & (_OPTIONS | _WRONG):
        return {}
    answers = (_text(parts.get(name)) for name in names_of("key"))
    is_pair = any(answer.casefold() in {"true", "false"} for answer in answers)
    return {"option 1": "True", "option 2": "False"} if is_pair else {}


def _holds_options(name: str, value: Any, names: Collection[str]) -> bool:
    """Whether a value holds the options: one that is called so, or a list that is called `a`."""
    if name in _OPTIONS:
        return isinstance(value, list | dict)
    is_free = "b" not in names and _OPTIONS.isdisjoint(names)
    return name == "a" and is_free and isinstance(value, list)


def _lists_of_options(record: Mapping[str, Any]) -> list[list[Any]]:
    names = _by_name(record).keys()
    return [
        value
        for key, value in record.items()
        if isinstance(value, list) and _holds_options(_name(key), value, names)
    ]


def _named_by_id(record: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The numbers of the right options, from 1, if the answer gives the ids that they have.

    None where options have no ids or there is no answer.
    """
    options = next(iter(_lists_of_options(record)), [])
    ids = [_id(option) for option in options if isinstance(option, dict)]
    answers = [value for key, value in record.items() if _name(key) in names_of("key") and value]
    if not answers or not ids or not all(ids) or len(set(ids)) < len(options):
        return None
    answer = answers[0]
    wanted = [_text(one) for one in (answer if isinstance(answer, list) else [answer])]
    return tuple(ids.index(one) + 1 for one in wanted) if set(wanted) <= set(ids) else ()


def _id(option: Mapping[str, Any]) -> str:
    """What an option is called by an answer."""
    parts = _by_name(option)
    names = (*_ID, "value") if parts.keys() & {"label", "text"} else _ID
    return next((_text(parts[name]) for name in names if name in parts), "")


def _right_letters(value: Mapping[str, Any]) -> list[str]:
    """The letters for which an object says that they are right."""
    return [
        match[1]
        for key, is_right in value.items()
        if (match := _RIGHT_OF_EACH.fullmatch(key)) and str(is_right).casefold() == "true"
    ]


def _options(value: list[Any] | dict[str, Any]) -> dict[str, str]:
    texts = _by_name(value).get("text") if isinstance(value, dict) else None
    if isinstance(texts, list):  # beside a list of their labels
        return {f"option {number}": _text(text) for number, text in enumerate(texts, start=1)}
    if isinstance(value, dict):
        return {f"option {_PREFIX.sub('', key)}": _text(option) for key, option in value.items()}
    row: dict[str, str] = {}
    right = []
    for number, option in enumerate(value, start=1):
        if isinstance(option, dict):
            parts = _by_name(option)
            row[f"option {number}"] = _option_text(parts)
            why = parts.get("rationale") or parts.get("feedback") or parts.get("explanation")
            row[f"rationale {number}"] = _text(why)
            if _is_right(option):
                right.append(counted(number))
        else:
            row[f"option {number}"] = _text(option)
    return row | ({"answer": ", ".join(right)} if right else {})


def _option_text(parts: Mapping[str, Any]) -> str:
    """What an option says: its label rather than its value, unless that is only its letter."""
    texts = [_text(parts[name]) for name in _TEXT if name in parts]
    label = _text(parts.get("label"))
    if "text" not in parts and "value" in parts and label and not _LETTER.fullmatch(label):
        return label
    return texts[0] if texts else ""


def _is_right(option: Any) -> bool:
    """Whether an option says that it is right."""
    parts = _by_name(option) if isinstance(option, dict) else {}
    return any(_text(parts.get(name)).casefold() in {"true", "1"} for name in _IS_RIGHT)


def _as_rows(records: list[dict[str, str]]) -> list[Row]:
    """The records under a header of all their keys."""
    names = list(dict.fromkeys(key for record in records for key in record))
    rows = [Row(1, tuple(names))]
    for number, record in enumerate(records, start=1):
        rows.append(Row(number, tuple(record.get(name, "") for name in names)))
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        parts = _by_name(value)
        texts = [str(parts[name]) for name in _TEXT if isinstance(parts.get(name), str)]
        if texts:
            return texts[0]
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
