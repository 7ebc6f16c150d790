"""Cards in other languages: their words, forms for numbers, and which way they run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Cards, bank_cards
from tests.browser.test_access import faults

OpenClient = Callable[..., Any]
Spoken = Callable[[str], Cards]

LANGUAGES = ["de", "ar", "ja", "ru", "he", "hi"]

# Where the first and the last letter of a text stand on screen.
ENDS = """element => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const letters = [];
  while (walker.nextNode()) {
    [...walker.currentNode.data].forEach((letter, i) => {
      if (!/\\p{L}/u.test(letter)) return;
      const range = document.createRange();
      range.setStart(walker.currentNode, i);
      range.setEnd(walker.currentNode, i + 1);
      letters.push(range.getBoundingClientRect().left);
    });
  }
  return [letters[0], letters[letters.length - 1]];
}"""


def runs_to_the_left(element: Any) -> bool:
    first, last = element.evaluate(ENDS)
    return bool(last < first)


def answered(client: Any, card: Any, chosen: str) -> Any:
    client.show(card.front)
    for id_ in chosen:
        client.option(id_).click()
    client.show(card.back, is_answer=True)
    return client


def letter(client: Any, id_: str) -> str:
    return "ABCDEF"[client.options().index(id_)]


@pytest.mark.parametrize(
    ("language", "verdicts", "marks", "headings"),
    [
        (
            "de",
            (
                "✓ Richtig",
                "✕ Nicht ganz: Richtig ist {}",
                "– Keine Antwort gewählt: Richtig ist {}",
            ),
            ("✓ Deine Wahl, richtig", "✓ Richtige Antwort", "✕ Deine Wahl"),
            ["Erklärung"],
        ),
        (
            "ja",
            ("○ 正解です", "× 残念：正解は{}です", "– 選択なし：正解は{}です"),
            ("○ あなたの選択・正解", "○ 正解", "× あなたの選択"),
            ["解説"],
        ),
        (
            "ru",
            (
                "✓ Верно",
                "✕ Не совсем: правильный ответ\u00a0— {}",
                "– Ответ не выбран: правильный\u00a0— {}",
            ),
            ("✓ Ваш ответ, верно", "✓ Правильный ответ", "✕ Ваш ответ"),
            ["Объяснение"],
        ),
        (
            "ar",
            (
                "✓ إجابة صحيحة",
                "✕ ليس تمامًا: الإجابة الصحيحة هي {}",
                "– لم تختر إجابة: الإجابة الصحيحة هي {}",
            ),
            ("✓ اختيارك، وهو صحيح", "✓ الإجابة الصحيحة", "✕ اختيارك"),
            ["الشرح", "المراجع"],
        ),
    ],
)
def test_the_card_speaks_the_language_of_its_bank(
    client: OpenClient,
    spoken: Spoken,
    language: str,
    verdicts: tuple[str, str, str],
    marks: tuple[str, str, str],
    headings: list[str],
) -> None:
    right, wrong, none = verdicts
    phone, card = client(), spoken(language)["single", "Multiple choice"]
    chosen_right, missed, chosen_wrong = marks

    assert answered(phone, card, "a").verdict() == right
    assert phone.marks() == {"a": chosen_right}
    assert answered(phone, card, "b").verdict() == wrong.format(letter(phone, "a"))
    assert phone.marks() == {"a": missed, "b": chosen_wrong}
    assert answered(phone, card, "").verdict() == none.format(letter(phone, "a"))
    shown = phone.page.get_by_role("heading", level=2).all_inner_texts()
    assert shown == headings
    phone.show(spoken(language)["single", "Flashcard"].back, is_answer=True)
    assert phone.page.inner_text("#answer h2") != "Answer"


@pytest.mark.parametrize(
    ("language", "id_", "hint", "all_right"),
    [
        ("de", "several", "Wähle 2 Antworten", "✓ Richtig: 2 von 2 richtigen Antworten"),
        ("ru", "several", "Выберите 2 ответа", "✓ Верно: 2 правильных ответа из 2"),
        ("ru", "five", "Выберите 5 ответов", "✓ Верно: 5 правильных ответов из 5"),
        ("ar", "several", "اختر إجابتين", "✓ صحيح: الإجابتان الصحيحتان كلتاهما"),
        ("he", "several", "בחרו שתי תשובות", "✓ נכון: שתי התשובות הנכונות"),
        ("ja", "several", "2つ選んでください", "○ 正解です：2つすべて選べました"),
    ],
)
def test_what_counts_has_the_form_of_its_number(
    client: OpenClient, spoken: Spoken, language: str, id_: str, hint: str, all_right: str
) -> None:
    phone, card = client(), spoken(language)[id_, "Multiple choice"]
    phone.show(card.front)
    assert phone.page.inner_text(".choose") == hint
    assert hint in phone.page.locator("main").aria_snapshot()

    keys = phone.page.evaluate(f'{card.back!r}.match(/data-answer="(.*?)"/)[1]')
    assert answered(phone, card, keys.replace(" ", "")).verdict() == all_right


@pytest.mark.parametrize(
    ("language", "id_", "hint"),
    [
        ("en", "several", "Choose 2"),
        ("ru", "several", "Выберите 2 ответа"),
        ("ru", "five", "Выберите 5 ответов"),
        ("ar", "several", "اختر إجابتين"),
        ("ja", "several", "2つ選んでください"),
    ],
)
def test_without_script_the_card_says_how_many_too(
    client: OpenClient, spoken: Spoken, cards: Cards, language: str, id_: str, hint: str
) -> None:
    all_cards = cards if language == "en" else spoken(language)
    phone = client(is_long=False, java_script_enabled=False)
    phone.show(all_cards[id_, "Multiple choice"].front)

    content = phone.page.locator(".choices > ol").evaluate(
        "list => getComputedStyle(list, '::before').content"
    )
    count = phone.page.locator(".choices > ol").get_attribute("data-choose")
    said = content.replace("attr(data-choose)", f'"{count}"').replace('" "', "").strip('"')
    assert said == hint


@pytest.mark.parametrize(
    ("language", "night"), [*((language, False) for language in LANGUAGES), ("ar", True)]
)
def test_axe_finds_nothing_and_nothing_is_cut_off_on_a_phone(
    client: OpenClient, spoken: Spoken, language: str, night: bool
) -> None:
    phone = client(night=night, width=320)
    for (id_, name), card in spoken(language).items():
        phone.show(card.front)
        if name == "Multiple choice":
            phone.option("b").click()
        assert faults(phone) == [], (id_, name)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
        phone.show(card.back, is_answer=True)
        assert faults(phone) == [], (id_, name)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_screen_readers_are_told_the_language_of_every_part(
    client: OpenClient, spoken: Spoken
) -> None:
    phone = client()
    answered(phone, spoken("ar")["single", "Multiple choice"], "b")

    spoken_in = phone.page.eval_on_selector_all(
        ".verdict p, .mark, h1, h2, .stem, .choices, section div",
        "all => all.map(each => each.closest('[lang]').lang)",
    )
    assert set(spoken_in) == {"ar"}


def test_the_usual_levels_have_names(client: OpenClient, spoken: Spoken) -> None:
    phone = client()
    shown = []
    for language in ("de", "ja", "ru"):
        phone.show(spoken(language)["single", "Multiple choice"].back, is_answer=True)
        shown.append(phone.page.inner_text(".level"))

    assert shown == ["Anwendung", "分析", "знание"]


@pytest.mark.parametrize("language", ["de", "ja", "ar", "hi"])
def test_all_and_none_of_the_above_stay_last(
    client: OpenClient, spoken: Spoken, language: str
) -> None:
    phone, card = client(), spoken(language)["single", "Multiple choice"]
    orders = set()
    for _ in range(12):
        phone.show(card.front)
        orders.add("".join(phone.options()))

    assert {order[-1] for order in orders} == {"d"}
    assert len(orders) > 1


# From right to left


@pytest.mark.parametrize("is_long", [True, False], ids=["long page", "page per side"])
def test_an_arabic_card_runs_from_right_to_left(
    client: OpenClient, spoken: Spoken, is_long: bool
) -> None:
    phone = client(is_long=is_long, width=320)
    card = spoken("ar")["several", "Multiple choice"]
    answered(phone, card, "ab")

    assert phone.page.evaluate("getComputedStyle(document.querySelector('main')).direction") == (
        "rtl"
    )
    for part in (".stem", ".verdict p", ".mark", ".rationale"):
        assert runs_to_the_left(phone.page.locator(part).first), part
    box, badge = phone.option("a").evaluate(
        "item => [item.getBoundingClientRect().right,"
        " parseFloat(getComputedStyle(item, '::before').right)]"
    )
    assert badge < 40
    assert box > 280


def test_latin_options_of_an_arabic_question_stand_beside_their_letters(
    client: OpenClient, spoken: Spoken
) -> None:
    phone = client(width=320)
    phone.show(spoken("ar")["several", "Multiple choice"].front)
    option = phone.option("a").locator("p")

    assert option.inner_text() == "Python"
    assert not runs_to_the_left(option)
    assert option.evaluate(ENDS)[0] > 160


def test_english_in_an_arabic_bank_runs_from_left_to_right(
    client: OpenClient, spoken: Spoken
) -> None:
    phone = client(width=320)
    answered(phone, spoken("ar")["single", "Multiple choice"], "b")
    arabic, english = phone.page.locator("section:not(.plain) p").all()[:2]

    assert arabic.inner_text().startswith("HTML")  # and is Arabic all the same
    assert arabic.evaluate("p => getComputedStyle(p).direction") == "rtl"
    assert english.evaluate("p => getComputedStyle(p).direction") == "ltr"
    assert english.inner_text().endswith('title."')
    references = phone.page.locator(".references li").first
    assert references.evaluate("li => getComputedStyle(li).direction") == "ltr"
    assert phone.page.locator("code").first.evaluate("c => getComputedStyle(c).direction") == "ltr"


def test_a_bullet_stands_on_the_side_of_its_list(client: OpenClient, spoken: Spoken) -> None:
    phone = client(width=320)
    answered(phone, spoken("ar")["single", "Multiple choice"], "b")
    assert phone.page.locator(".references ul").get_attribute("dir") == "ltr"

    answered(phone, spoken("ar")["english", "Multiple choice"], "b")
    english, arabic = phone.page.locator("section:not(.plain) li").all()
    for item in (english, arabic):
        assert item.evaluate("li => getComputedStyle(li).direction") == "rtl"
        assert max(item.evaluate(ENDS)) > 220
    assert not runs_to_the_left(english)
    assert arabic.inner_text().startswith("HTML")


def test_an_english_question_of_an_arabic_bank_turns_its_card(
    client: OpenClient, spoken: Spoken
) -> None:
    phone = client(width=320)
    answered(phone, spoken("ar")["english", "Multiple choice"], "b")

    assert phone.page.evaluate("document.getElementById('mcq').dir") == "ltr"
    assert not runs_to_the_left(phone.page.locator(".stem"))
    assert not runs_to_the_left(phone.option("a").locator("p").first)
    for part in (".verdict p", ".mark", "h2", "section:not(.plain) div p"):
        assert runs_to_the_left(phone.page.locator(part).last), part


def test_english_words_on_a_hebrew_question_run_from_left_to_right(
    client: OpenClient, cards: Cards
) -> None:
    phone = client(width=320)
    answered(phone, cards["right-to-left", "Multiple choice"], "b")

    assert phone.page.evaluate("document.getElementById('mcq').dir") == "rtl"
    for part in (".verdict p", ".mark", "section:not(.plain) h2"):
        shown = phone.page.locator(part).first
        assert shown.evaluate("each => getComputedStyle(each).direction") == "ltr"
        assert shown.evaluate(ENDS)[1] > 160, part  # beside the text that it belongs to


def test_letters_of_several_answers_are_listed_from_right_to_left(
    client: OpenClient, spoken: Spoken
) -> None:
    phone = client(width=700)
    phone.show(spoken("ar")["several", "Multiple choice"].back, is_answer=True)

    assert phone.verdict() == "– لم تختر إجابة: الإجابات الصحيحة هي A\u200f، B"
    assert runs_to_the_left(phone.page.locator(".verdict p"))


# Words of the bank's own


@pytest.fixture(scope="session")
def own(tmp_path_factory: pytest.TempPathFactory) -> Cards:
    """The cards of a Swahili bank, some of whose words are its own, and not all harmless."""
    bank = tmp_path_factory.mktemp("own") / "bank"
    bank.mkdir()
    (bank / "deck.toml").write_text(
        'id = "own-words"\ntitle = "Jiografia"\nlanguage = "sw"\n'
        '[rules]\nset = "off"\n[words]\n'
        'answer = "Jibu <img src=x onerror=alert(1)> & [sound:x.mp3]"\n'
        'verdict-right = "Sahihi </script><script>alert(1)</script> \\"[sound:y.mp3]\\""\n'
        'choose = { one = "Chagua jibu", other = "Chagua majibu {count}\\\\ \\"</style>" }\n'
        'flashcard-deck = "Kadi"\n',
        encoding="utf-8",
    )
    (bank / "01.md").write_text(
        "# Moja\n\n## one\n\nMji mkuu?\n\n- [x] Dodoma\n- [ ] Arusha\n\n"
        "## two\n\nMiji?\n\n- [x] Dodoma\n- [x] Arusha\n- [ ] Kenya\n",
        encoding="utf-8",
    )
    return bank_cards(bank, tmp_path_factory.mktemp("collection-own"))


def test_words_of_the_bank_stand_as_they_were_written(client: OpenClient, own: Cards) -> None:
    phone = client()
    answered(phone, own["one", "Multiple choice"], "a")
    assert phone.verdict() == '✓ Sahihi </script><script>alert(1)</script> "[sound:y.mp3]"'

    phone.show(own["one", "Flashcard"].back, is_answer=True)
    assert phone.page.inner_text("#answer h2") == (
        "Jibu <img src=x onerror=alert(1)> & [sound:x.mp3]"
    )
    phone.show(own["two", "Multiple choice"].front)
    assert phone.page.inner_text(".choose") == 'Chagua majibu 2\\ "</style>'
    assert phone.page.locator("main").get_attribute("lang") == "en"
    assert phone.page.locator(".stem").get_attribute("lang") == "sw"


def test_words_of_the_bank_are_as_safe_without_script(client: OpenClient, own: Cards) -> None:
    phone = client(is_long=False, java_script_enabled=False)
    phone.show(own["two", "Multiple choice"].front)
    content = phone.page.locator(".choices > ol").evaluate(
        "list => getComputedStyle(list, '::before').content"
    )

    assert "Chagua majibu" in content
    assert "</style>" in content
    assert Path(phone.page.url).name == "card.html"
