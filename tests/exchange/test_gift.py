"""GIFT against a parser of its own: `gift-pegjs` from npm, where Node and the parser are there."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.exchange.gift.signs import escaped, hidden, shown

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases" / "gift"
PROGRAM = """
const {parse} = require('gift-pegjs');
process.stdout.write(JSON.stringify(parse(require('fs').readFileSync(0, 'utf8'))));
"""


def oracle(text: bytes) -> list[dict[str, Any]]:
    """What the parser says of a GIFT text; the test is skipped where it is not there."""
    node = shutil.which("node")
    if not node:
        pytest.skip("Node is not installed")
    done = subprocess.run([node, "-e", PROGRAM], input=text, capture_output=True, check=False)
    if b"Cannot find module" in done.stderr:
        pytest.skip("gift-pegjs is not installed: npm install gift-pegjs, and set NODE_PATH")
    assert done.returncode == 0, done.stderr.decode()[-500:]
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_the_parser_reads_our_export_as_we_mean_it() -> None:
    bank = mcqdeck.load(ROOT / "source" / "12-core-functions").bank
    data = conversion.export(bank, exchange.format_named("gift")).data

    found = [each for each in oracle(data) if each["type"] != "Category"]

    assert [each["title"] for each in found] == [each.id for each in bank.questions]
    assert [[choice["isCorrect"] for choice in each["choices"]] for each in found] == [
        [option.is_correct for option in question.options] for question in bank.questions
    ]


@pytest.mark.parametrize("name", ["everything", "starter"])
def test_the_parser_reads_every_block_of_ours(name: str) -> None:
    folders = {
        "everything": ROOT / "tests" / "banks" / "everything",
        "starter": ROOT / "generator" / "mcqdeck" / "starter",
    }
    bank = mcqdeck.load(folders[name]).bank

    found = oracle(conversion.export(bank, exchange.format_named("gift")).data)

    kinds = [each["type"] for each in found if each["type"] != "Category"]
    assert len(kinds) == len(bank.questions)
    assert set(kinds) <= {"MC", "TF"}


def test_we_read_as_the_parser_does() -> None:
    """The kinds and the keys; what it calls no choice is left out here."""
    data = (CASES / "kinds.gift").read_bytes()
    contents = exchange.read(exchange.Source("x", data, {}), exchange.format_named("gift"))

    found = [each for each in oracle(data) if each["type"] != "Category"]

    assert len(found) == contents.count
    kinds = {each["type"] for each in found}
    assert {"MC", "TF"} <= kinds


@pytest.mark.parametrize("text", [r"\~ = # {} :", "a\\nb", "two\nlines", r"C:\dir\\x", "::", r"\\"])
def test_what_is_escaped_is_shown_again(text: str) -> None:
    assert shown(hidden(escaped(text))) == text
