"""The preview in Firefox, where there is one: a card, a choice, its back, a save."""

from __future__ import annotations

import json

from tests.preview.conftest import Served
from tests.site.firefox import Firefox


def shown(key: str) -> str:
    return f"document.getElementById('stage').dataset.key === {json.dumps(key)}"


def test_a_card_is_looked_at_and_follows_saves(firefox: Firefox, preview: Served) -> None:
    stored = "JSON.parse(sessionStorage['mcqdeck-preview-stage'])"
    firefox.go(f"{preview.url}#/q/01-bees.md%23honey")
    firefox.wait(shown("01-bees.md#honey"))
    firefox.wait(f"{stored}.stored.mcqdeck")
    order = firefox.run(f"return JSON.parse({stored}.stored.mcqdeck).order")
    assert sorted(order) == [0, 1, 2]

    firefox.click("#sides [data-side=back]")
    firefox.wait(f"{stored}.side === 'back'")
    turns = "Number(document.getElementById('stage').dataset.turns)"
    before = firefox.run(f"return {turns}")
    preview.replace("01-bees.md", "What do bees make", "Say what bees make")
    firefox.wait(f"{turns} > {before}")
    firefox.wait("document.getElementById('list').textContent.includes('Say what bees make')")
    assert firefox.run(f"return {stored}.side") == "back"
    assert firefox.run(f"return JSON.parse({stored}.stored.mcqdeck).order") == order

    preview.replace("02-spiders.md", "- [x] Webs", "- [ ] Webs")
    firefox.wait(shown("02-spiders.md#webs"))
    firefox.wait("document.querySelector('#source .finding.error .help')")
    assert preview.asked["/api/updates"] == 1
    for view, sign in (("release", "#release .notice"), ("bank", "#bank table")):
        firefox.click(f".places [data-place={view}]")
        firefox.wait(f"document.querySelector({json.dumps(sign)})")
