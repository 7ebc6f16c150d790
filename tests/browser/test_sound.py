"""Sounds and videos: played when asked, beside what clients play by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Cards, Rendered, cards_of, collection_of
from tests.browser.test_access import faults

OpenClient = Callable[..., Any]

BANK = Path(__file__).parents[1] / "banks" / "sound"
BRIDGE = "window.asked = []; window.pycmd = command => asked.push(command);"

# What clients put where a side has a sound: the desktop, and AnkiDroid for videos.
LINK = (
    '<a class="replay-button soundLink" href=# onclick="pycmd(\'play:{0}\'); return false;"'
    ' draggable="false"><svg class="playImage" viewBox="0 0 64 64"><circle cx="32" cy="32" r="29"/>'
    "</svg></a>"
)
VIDEO = '<video class="theirs" controls data-play="playsound:{0}"></video>'
IS_PLAYING = "audio => !audio.paused"


class Sounds:
    """The cards of the bank with sounds, and its media."""

    def __init__(self, cards: Cards, media: Path) -> None:
        self.cards, self.media = cards, media

    def card(self, id_: str, template: str = "Multiple choice", player: str = LINK) -> Rendered:
        """A card as a client shows it."""
        return Rendered(
            *(
                re.sub(r"\[anki:play:(.*?)\]", lambda mark: player.format(mark[1]), side)
                for side in self.cards[id_, template]
            )
        )

    def serve(self, client: Any) -> Any:
        """Gives the client's page the bank's media."""
        client.page.route(
            "**/sound-*",
            lambda route: route.fulfill(path=self.media / route.request.url.rpartition("/")[2]),
        )
        return client


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Any:
    collection = collection_of(BANK, tmp_path_factory.mktemp("collection-sound"))
    yield Sounds(cards_of(collection), Path(collection.media.dir()))
    collection.close()


def endless(client: Any) -> None:
    """Lets sounds play until they are stopped, however slow the machine is."""
    client.page.evaluate("document.querySelectorAll('audio').forEach(each => { each.loop = true })")


def buttons(client: Any) -> Any:
    return client.page.get_by_role("button", name="Play sound")


def test_on_the_front_the_players_of_the_client_stand_where_the_stem_has_its_sounds(
    client: OpenClient, sounds: Sounds
) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("stem").front)

    assert desktop.page.eval_on_selector_all(
        ".stem p > *", "all => all.map(each => each.outerHTML.match(/play:q:\\d/)[0])"
    ) == ["play:q:0", "play:q:1"]
    assert desktop.page.locator(".stem audio").count() == 0
    assert desktop.page.locator(".stem .replay-button").first.is_visible()
    assert desktop.page.locator(".played .replay-button").count() == 0
    desktop.page.locator(".stem .replay-button").nth(1).click()
    assert desktop.page.evaluate("asked") == ["play:q:1"]


def test_on_the_back_the_stem_plays_when_asked(client: OpenClient, sounds: Sounds) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("stem").back, is_answer=True)
    assert desktop.page.eval_on_selector_all("audio", "all => all.map(a => a.paused)") == [
        True,
        True,
        True,  # of the explanation, which the front had too
        True,  # and what it names a second time
    ]

    endless(desktop)
    desktop.page.locator(".stem .play").first.click()
    assert desktop.page.locator(".stem audio").first.evaluate(IS_PLAYING)
    assert desktop.page.evaluate("asked") == []


def test_what_the_page_cannot_play_the_desktop_plays(client: OpenClient, sounds: Sounds) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("stem").back, is_answer=True)
    desktop.page.locator(".stem .play").nth(1).click()
    desktop.page.wait_for_function("asked.length > 0")
    assert desktop.page.evaluate("asked") == ["play:q:1"]

    desktop.show(sounds.card("video").back, is_answer=True)
    desktop.page.locator(".stem .play").click()
    assert desktop.page.evaluate("asked") == ["play:q:1", "play:q:0"]
    desktop.page.locator("section .play").click()  # the explanation shows it once more
    assert desktop.page.evaluate("asked") == ["play:q:1", "play:q:0", "play:q:0"]
    assert desktop.page.locator("video:visible").count() == 0


def test_a_client_without_a_player_of_its_own_keeps_that_of_the_page(
    client: OpenClient, sounds: Sounds
) -> None:
    phone = sounds.serve(client(has_touch=True))
    phone.show(sounds.card("video").back, is_answer=True)
    phone.page.wait_for_timeout(500)

    assert phone.page.locator(".stem video").is_visible()
    assert phone.page.locator(".stem .play").count() == 0


def test_a_video_of_the_client_takes_the_place_of_ours(client: OpenClient, sounds: Sounds) -> None:
    phone = sounds.serve(client(init=BRIDGE))
    phone.show(sounds.card("video", player=VIDEO).front)

    assert phone.page.locator(".stem video").count() == 1
    assert phone.page.locator(".stem video.theirs").is_visible()


def test_the_flashcard_shows_the_players_of_the_client_in_its_answer(
    client: OpenClient, sounds: Sounds
) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("options", "Flashcard").back, is_answer=True)

    assert desktop.page.locator("#answer .replay-button").is_visible()
    assert desktop.page.locator("#answer audio").count() == 0
    assert "play:a:0" in desktop.page.inner_html("#answer")


@pytest.mark.parametrize("is_long", [True, False], ids=["long page", "page per side"])
def test_a_sound_in_an_option_plays_when_asked_and_chooses_nothing(
    client: OpenClient, sounds: Sounds, is_long: bool
) -> None:
    phone = sounds.serve(client(is_long=is_long, init=BRIDGE, has_touch=True))
    phone.show(sounds.card("options").front)
    assert buttons(phone).count() == 3
    assert phone.page.evaluate("[...document.querySelectorAll('audio')].every(a => a.paused)")
    first, second = (phone.option(id_).locator(".play") for id_ in "ab")

    endless(phone)
    first.tap()
    assert phone.option("a").locator("audio").evaluate(IS_PLAYING)
    assert first.get_attribute("aria-pressed") == "true"
    second.tap()
    assert phone.option("b").locator("audio").evaluate(IS_PLAYING)
    assert not phone.option("a").locator("audio").evaluate(IS_PLAYING)
    second.tap()
    assert not phone.option("b").locator("audio").evaluate(IS_PLAYING)
    phone.page.wait_for_function(
        "[...document.querySelectorAll('.play')].every(b => b.ariaPressed !== 'true')"
    )
    assert phone.chosen() == []
    phone.option("b").tap(position={"x": 20, "y": 20})
    assert phone.chosen() == ["b"]


def test_a_sound_in_an_option_plays_by_keys(client: OpenClient, sounds: Sounds) -> None:
    """Plain Space and Enter are Anki's."""
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("options").front)
    order = desktop.options()
    endless(desktop)
    desktop.page.locator(".choices > ol > * .play").first.focus()
    desktop.page.keyboard.press("Shift+Space")

    assert desktop.option(order[0]).locator("audio").evaluate(IS_PLAYING)
    assert desktop.chosen() == []
    desktop.page.keyboard.press("Alt+Digit2")
    assert desktop.chosen() == [order[1]]


def test_a_sound_stops_with_its_side(client: OpenClient, sounds: Sounds) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("options").front)
    endless(desktop)
    desktop.option("a").locator(".play").click()
    desktop.page.evaluate("window.heard = document.querySelector('[data-option=a] audio')")
    desktop.show(sounds.card("options").back, is_answer=True)

    desktop.page.wait_for_function("heard.paused")


def test_a_reason_has_its_sound_below_its_option(client: OpenClient, sounds: Sounds) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("options").front)
    desktop.option("b").click(position={"x": 20, "y": 20})
    desktop.show(sounds.card("options").back, is_answer=True)

    endless(desktop)
    desktop.option("b").locator(".rationale .play").click()
    assert desktop.option("b").locator(".rationale audio").evaluate(IS_PLAYING)
    assert desktop.marks()["b"] == "✕ Your choice"


def test_an_option_that_holds_something_to_press_is_named_by_its_text(
    client: OpenClient, sounds: Sounds
) -> None:
    desktop = sounds.serve(client(init=BRIDGE))
    desktop.show(sounds.card("options").front)
    group = desktop.page.get_by_role("radiogroup")

    assert group.get_by_role("radio").count() == 3
    radio = group.get_by_role("radio", name="The third")
    radio.focus()
    box, around = radio.bounding_box(), desktop.option("c").bounding_box()
    assert abs(box["width"] - around["width"]) <= 1  # so that its outline is the option's
    desktop.page.keyboard.press("Shift+Space")
    assert desktop.chosen() == ["c"]
    assert radio.get_attribute("aria-checked") == "true"


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("id_", ["stem", "options", "video"])
def test_axe_finds_nothing(client: OpenClient, sounds: Sounds, id_: str, night: bool) -> None:
    phone = sounds.serve(client(init=BRIDGE, night=night, width=320))
    card, flashcard = sounds.card(id_), sounds.card(id_, "Flashcard")
    for side, is_answer in (
        (card.front, False),
        (card.back, True),
        (flashcard.front, False),
        (flashcard.back, True),
    ):
        # The desktop's own players have no name, and so are left out.
        phone.show(side.replace("<a class=", '<a aria-label="Play" class='), is_answer=is_answer)
        assert faults(phone) == []
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_script_the_players_of_the_browser_are_there(
    client: OpenClient, sounds: Sounds
) -> None:
    phone = sounds.serve(client(is_long=False, java_script_enabled=False))
    phone.show(sounds.card("options").front)

    assert phone.page.locator(".choices audio[controls]").count() == 3
    assert phone.page.locator(".choices audio").first.is_visible()
