"""What of a bank's description Anki would take out is reported at its key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mcqdeck.project import check
from tests.conftest import MakeBank


def said(make_bank: MakeBank, description: str) -> list[str]:
    text = json.dumps(description)
    folder: Path = make_bank(
        **{"deck.toml": f'id = "demo"\ntitle = "Demo"\ndescription = {text}\n'}
    )
    diagnostics = check([folder]).diagnostics
    assert all(
        diagnostic.where.line == 3 for diagnostic in diagnostics if diagnostic.name == "unsafe-html"
    )
    return [diagnostic.message for diagnostic in diagnostics if diagnostic.name == "unsafe-html"]


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("A <script>alert(1)</script>", "script"),
        ("[more](javascript:alert(1))", "javascript:"),
        ("<b onclick='alert(1)'>x</b>", "onclick"),
        ("<iframe src='https://evil.example'></iframe>", "iframe"),
        ("![A star](media/star.png)", "no images"),
        ("<img src='media/star.png'>", "no images"),
        ("Two\n\n<form>x</form>\n", "form"),
    ],
)
def test_what_anki_takes_out_is_an_error(make_bank: MakeBank, description: str, told: str) -> None:
    messages = said(make_bank, description)

    assert messages
    assert all(message.startswith("in the description: ") for message in messages)
    assert any(told in message for message in messages)


@pytest.mark.parametrize(
    "description",
    [
        "Plain, **bold**, `<script>` in code, [a link](https://example.org).",
        "One\n\n- list\n- of two\n",
        "5 < 6 & 7 > 3",
    ],
)
def test_what_anki_shows_is_fine(make_bank: MakeBank, description: str) -> None:
    assert said(make_bank, description) == []
