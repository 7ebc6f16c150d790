"""A pattern that is compiled late is like one that is compiled at once."""

from __future__ import annotations

import re

import pytest

from mcqdeck.markdown.pattern import pattern

SOURCES = [r"(\w+)@(?P<host>\w+)", r"^b$", ""]
TEXT = "a@b c@d\nb\nB"


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("flags", [0, re.MULTILINE | re.IGNORECASE])
def test_it_does_what_a_compiled_one_does(source: str, flags: int) -> None:
    late, compiled = pattern(source, flags), re.compile(source, flags)

    for _ in range(2):  # the second time it is compiled already
        assert late.sub("-", TEXT) == compiled.sub("-", TEXT)
        assert late.findall(TEXT) == compiled.findall(TEXT)
        assert [match.span() for match in late.finditer(TEXT)] == [
            match.span() for match in compiled.finditer(TEXT)
        ]
        assert bool(late.fullmatch(TEXT)) == bool(compiled.fullmatch(TEXT))
    assert (late.pattern, late.flags) == (compiled.pattern, compiled.flags)
    assert (late.groups, late.groupindex) == (compiled.groups, compiled.groupindex)


def test_it_is_compiled_when_it_is_used() -> None:
    wrong = pattern("(")

    with pytest.raises(re.error):
        wrong.search("")
