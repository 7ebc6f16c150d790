"""The rule `unfinished-text`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.rules.analysis.question import CheckedQuestion, passages
from mcqdeck.rules.analysis.spans import span

_WORDS = ("TODO", "FIXME", "TBD")

_MARK = pattern(rf"\b(?:{'|'.join(_WORDS)})\b")
"""What authors write where something is missing: `TODO`."""

_MARK_BESIDE_ALL = pattern(r"\b(?:TODO(?=:)|FIXME|TBD)\b")
"""The same in languages in which `TODO` means all."""

_WITH_TODO = frozenset({"es", "pt", "gl", "ast", "eo"})


def unfinished_text(checked: CheckedQuestion) -> Iterator[Finding]:
    """A learner sees a note that you wrote to yourself: `TODO`, `FIXME` or `TBD`.

    Write what is missing, or put the note in a comment of its own (`<!-- TODO … -->`), which no
    card shows. In code such a word is code.
    """
    if not any(word in checked.markdown for word in _WORDS):
        return
    language = checked.config.language.split("-")[0].casefold()
    mark = _MARK_BESIDE_ALL if language in _WITH_TODO else _MARK
    references = checked.question.references
    for passage in (*passages(checked.question), *([references] if references else [])):
        for match in mark.finditer(passage.prose):
            where, length = span(passage, *match.span())
            yield Finding(
                where, f"`{match[0]}` shows on the card", "write what is missing here", length
            )
