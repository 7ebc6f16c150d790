"""GIFT against a parser of others: `gift-pegjs`, which `make test` gets from npm."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.exchange.gift.signs import escaped, hidden, shown
from tests.programs import needs_if

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
CASES = Path(__file__).parent / "cases" / "gift"
PROGRAM = """
const {parse} = require('gift-pegjs');
process.stdout.write(JSON.stringify(parse(require('fs').readFileSync(0, 'utf8'))));
"""
needs_parser = needs_if((TESTS / "node_modules" / "gift-pegjs").is_dir(), "gift-pegjs")


def oracle(text: bytes) -> list[dict[str, Any]]:
    """What the parser says of a GIFT text."""
    command = ["node", "-e", PROGRAM]
    done = subprocess.run(command, input=text, capture_output=True, check=False, cwd=TESTS)
    assert done.returncode == 0, done.stderr.decode()[-500:]
    blocks: list[dict[str, Any]] = json.loads(done.stdout)
    return blocks


@needs_parser
def test_the_parser_reads_our_export_as_we_mean_it() -> None:
    bank = mcqdeck.load(ROOT / "source" / "12-core-functions").bank
    data = conversion.export(bank, exchange.format_named("gift")).data

    blocks = [block for block in oracle(data) if block["type"] != "Category"]

    assert [item["title"] for item in blocks] == [item.id for item in bank.questions]
    assert [[choice["isCorrect"] for choice in item["choices"]] for item in blocks] == [
        [option.is_correct for option in question.options] for question in bank.questions
    ]


@pytest.mark.parametrize("name", ["everything", "starter"])
@needs_parser
def test_the_parser_reads_every_block_of_ours(name: str) -> None:
    folders = {
        "everything": ROOT / "tests" / "banks" / "everything",
        "starter": ROOT / "generator" / "mcqdeck" / "starter",
    }
    bank = mcqdeck.load(folders[name]).bank

    blocks = oracle(conversion.export(bank, exchange.format_named("gift")).data)

    kinds = [block["type"] for block in blocks if block["type"] != "Category"]
    assert len(kinds) == len(bank.questions)
    assert set(kinds) <= {"MC", "TF"}


@needs_parser
def test_we_read_as_the_parser_does() -> None:
    """The kinds and the keys; what it calls no choice is left out here."""
    data = (CASES / "kinds.gift").read_bytes()
    contents = exchange.read(exchange.Source("x", data, {}), exchange.format_named("gift"))

    blocks = [block for block in oracle(data) if block["type"] != "Category"]

    assert len(blocks) == contents.count
    kinds = {block["type"] for block in blocks}
    assert {"MC", "TF"} <= kinds


@pytest.mark.parametrize("text", [r"\~ = # {} :", "a\\nb", "two\nlines", r"C:\dir\\x", "::", r"\\"])
def test_what_is_escaped_is_shown_again(text: str) -> None:
    assert shown(hidden(escaped(text))) == text
