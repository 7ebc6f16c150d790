"""Decks in the real Anki: their names as sent, their order by number, and no way into a card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mcqdeck import build, check

if TYPE_CHECKING:
    from tests.anki.conftest import Learner

TITLES = {
    "1-first.md": "1 First",
    "2-second.md": r"2 \<img src=x onerror=alert(1)//",
    "3-unit/9-x.md": "9 [sound:a.mp3] {{Answer}}",
    "3-unit/10-y.md": r'10 R&D "quoted" \\(x\\) &amp;lt;',
    "10-tenth.md": "10 Tenth: a::b",
}
NAMES = [
    "Demo",
    *("Demo::01 First", "Demo::02 ＜img src=x onerror=alert(1)//", "Demo::03 unit"),
    *(
        "Demo::03 unit::09 ［sound:a.mp3] ｛｛Answer｝｝",
        "Demo::03 unit::10 R＆D quoted ＼(x＼) ＆lt;",
    ),
    "Demo::10 Tenth: a:b",
]


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    bank = tmp_path / "demo"
    for number, (path, title) in enumerate(TITLES.items()):
        target = bank / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"# {title}\n\n## q-{number}\n\nWhich?\n\n- [x] R\n- [ ] W\n\nSo.\n")
    (bank / "deck.toml").write_text(
        'id = "demo"\ntitle = "Demo"\n[cards]\nflashcards = false\n[rules]\nset = "off"\n'
    )
    checked = check([bank])
    assert not checked.has_errors, checked.diagnostics
    [built] = build(checked, tmp_path / "decks")
    return built.path


def test_names_arrive_as_they_were_sent_and_in_their_order(learner: Learner, nested: Path) -> None:
    learner.receive(nested)
    shown: list[str] = []

    def walk(node: object, above: str) -> None:
        for child in node.children:  # type: ignore[attr-defined]  # a message of Anki's
            name = f"{above}{child.name}"
            shown.append(name)
            walk(child, f"{name}::")

    walk(learner.collection.decks.deck_tree(), "")

    assert shown[: len(NAMES)] == NAMES
    assert shown[len(NAMES) :] == ["Default"] or len(shown) == len(NAMES)


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)//",
        '"><script>alert(1)</script>',
        "&lt;img src=x onerror=alert(1)&gt;",
        "[sound:x.mp3]><img src=x onerror=alert(1)//",
        "[latex]x[/latex]",
        "{{Answer}}",
    ],
)
def test_the_name_of_a_deck_never_reaches_a_card(
    learner: Learner, nested: Path, everything: Path, name: str
) -> None:
    """A learner may have any deck, and Anki puts names into cards as they are."""
    for package in (nested, everything):
        learner.receive(package)
    before = [card.render_output() for card in learner.cards()]
    deck = learner.collection.decks.id(name)
    assert deck
    learner.collection.set_deck([card.id for card in learner.cards()], deck)
    after = [card.render_output(reload=True) for card in learner.cards()]

    for was, now in zip(before, after, strict=True):
        assert now.question_text == was.question_text
        assert now.answer_text == was.answer_text
        assert now.question_av_tags == was.question_av_tags
