"""The words in every language: complete, plain, in the right forms, without English leftovers."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mcqdeck.words
from mcqdeck.model import Place
from mcqdeck.read.config import parse_config
from mcqdeck.words import (
    CATEGORIES,
    COUNTED,
    KEYS,
    LANGUAGES,
    Others,
    Pair,
    Plural,
    Section,
    Words,
    category,
    closest_words,
    direction_of,
    english_name,
    form_of,
    is_language,
    meant_language,
    others_of,
    pair_of,
    placeholders,
    say,
    section_names,
    section_of,
    spoken_language,
    words_for,
)

OTHERS = [tag for tag in LANGUAGES if tag != "en"]

# Words that are the same as in English, and right so.
COGNATES = {
    ("cs", "tip"),
    ("de", "minute-count"),
    ("de", "name"),
    ("fr", "date"),
    ("fr", "minute-count"),
    ("fr", "question-count"),
    ("nl", "tip"),
}
SYMBOLS = {"sign-right", "sign-wrong", "sign-none", "letter-separator", "digits", "percent"}
NAMES = {"Anki", "JavaScript"}
ENGLISH = re.compile(
    r"\b(the|and|your|you|with|this|question|questions|answer|answers|right|wrong|time|left|exam)\b",
    re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-z]+")

# What marks a text as one of the language: letters of its script.
SCRIPTS = {
    "ar": "[\u0600-\u06ff]",
    "fa": "[\u0600-\u06ff]",
    "he": "[\u0590-\u05ff]",
    "hi": "[\u0900-\u097f]",
    "ja": "[\u3040-\u30ff\u4e00-\u9fff]",
    "ko": "[\uac00-\ud7af]",
    "ru": "[\u0400-\u04ff]",
    "uk": "[\u0400-\u04ff]",
    "zh-Hans": "[\u4e00-\u9fff]",
    "zh-Hant": "[\u4e00-\u9fff]",
}
# Nouns of these stay as they are after a number, whatever CLDR tells apart for other words.
UNCHANGED = {"fa", "tr", "vi"}


def texts(words: Words) -> Iterator[tuple[str, str, str]]:
    """Every text of a language: its key, its category if it counts, and the text."""
    for key, (group, field) in KEYS.items():
        message = getattr(getattr(words, group), field)
        if isinstance(message, str):
            yield key, "", message
        else:
            for name in CATEGORIES:
                if (text := getattr(message, name)) is not None:
                    yield key, name, text


def word(language: str, key: str) -> Any:
    group, field = KEYS[key]
    return getattr(getattr(words_for(language), group), field)


def numbers_of(language: str) -> dict[str, list[int]]:
    """The numbers from 0 to 200 by their category."""
    numbers: dict[str, list[int]] = {}
    for number in range(201):
        numbers.setdefault(category(language, number), []).append(number)
    return numbers


def test_there_is_a_file_for_each_language_and_no_other() -> None:
    folder = Path(str(mcqdeck.words.__file__)).parent
    files = {path.stem for path in folder.glob("[!_]*.py")}

    assert files == {tag.lower().replace("-", "_") for tag in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_which_language_it_is_and_which_way_it_runs(language: str) -> None:
    words = words_for(language)

    assert words.language == language
    assert words.direction == direction_of(language)
    assert words.direction == direction_of(f"{language}-x-looked-up")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_plain_and_on_one_line(language: str) -> None:
    for key, _, text in texts(words_for(language)):
        assert text.strip(), key
        assert text == text.strip() or key == "letter-separator", key
        assert (
            text.replace("\u00a0", " ").replace("\u200f", "").replace("\u200c", "").isprintable()
        ), key
        assert not re.search(r"[<>&\[\]\\]|&\w+;|\{\{|\}\}", text), key
        assert "'" not in text, key  # an apostrophe is ’
        assert '"' not in text, key
        assert not re.search(r"\.\.\.|  ", text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_takes_the_values_that_english_takes(language: str) -> None:
    single = {name for name, numbers in numbers_of(language).items() if len(numbers) == 1}
    for key, name, text in texts(words_for(language)):
        wanted = set(placeholders(word("en", key)))
        taken = set(re.findall(r"\{(\w+)\}", text))
        left_out = {"count"} if name in single else set()
        assert wanted - left_out <= taken <= wanted, (key, text)
        assert not {"{", "}"} & {*re.sub(r"\{\w+\}", "", text)}, (key, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_that_counts_has_a_form_for_every_kind_of_number(language: str) -> None:
    kinds = set(numbers_of(language))
    for key in COUNTED:
        message = word(language, key)
        if isinstance(message, Plural):
            assert kinds <= {name for name, _ in message.forms()}, key
        elif len(kinds) > 1 and language not in UNCHANGED:
            # what is said of two and more only may have one wording for all of them
            assert key in {"choose", "verdict-right-all"}, key


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left(language: str) -> None:
    english: dict[str, set[str]] = {}
    for key, _, text in texts(words_for("en")):
        english.setdefault(key, set()).add(text.casefold())
    for key, _, text in texts(words_for(language)):
        if key in SYMBOLS:
            continue
        is_same = text.casefold() in english[key]
        assert not is_same or (language, key) in COGNATES, key
        said = re.sub(r"\{\w+\}", "", text)
        left = {*map(str.lower, ENGLISH.findall(said))}
        assert left <= ({"question", "questions"} if language == "fr" else set()), (key, text)
        if script := SCRIPTS.get(language):
            assert re.search(script, said), (key, text)
            assert {*LATIN.findall(said)} <= NAMES, (key, text)


def test_the_cognates_are_still_the_same() -> None:
    for language, key in COGNATES:
        assert {text.casefold() for k, _, text in texts(words_for(language)) if k == key} & {
            text.casefold() for k, _, text in texts(words_for("en")) if k == key
        }, (language, key)


def test_portuguese_of_portugal_does_not_speak_as_in_brazil() -> None:
    brazil = re.compile(
        r"você|\bsuas?\b|\bseus?\b|salv|arquivo|\baba\b|baixar|simulado|gabarito|\b(tente|entregue)\b",
        re.IGNORECASE,
    )

    assert [key for key, _, text in texts(words_for("pt-PT")) if brazil.search(text)] == []
    assert len([key for key, _, text in texts(words_for("pt")) if brazil.search(text)]) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_verdicts_differ_from_each_other_and_show_their_letters(language: str) -> None:
    card = words_for(language).card
    verdicts = [card.verdict_right, card.verdict_wrong, card.verdict_none]
    marks = [card.mark_right_choice, card.mark_missed, card.mark_wrong_choice]

    assert len({*verdicts}) == 3
    assert len({*marks}) == 3
    assert len({card.sign_right, card.sign_wrong, card.sign_none}) == 3
    assert len({*card.digits}) == 10
    assert [int(digit) for digit in card.digits] == [*range(10)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_of_a_section_is_the_first_name_that_authors_may_give_it(language: str) -> None:
    words = words_for(language)

    assert section_of(words.card.explanation) is Section.EXPLANATION
    assert section_of(words.card.references) is Section.REFERENCES
    assert section_names(language)[:2] == (
        words.source.explanation[0],
        words.source.references[0],
    )


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "1 question, 2 questions, 5 questions, 11 questions, 21 questions"),
        ("de", "1 Frage, 2 Fragen, 5 Fragen, 11 Fragen, 21 Fragen"),
        ("pl", "1 pytanie, 2 pytania, 5 pytań, 11 pytań, 21 pytań"),
        ("ru", "1 вопрос, 2 вопроса, 5 вопросов, 11 вопросов, 21 вопрос"),
        ("uk", "1 запитання, 2 запитання, 5 запитань, 11 запитань, 21 запитання"),
        ("cs", "1 otázka, 2 otázky, 5 otázek, 11 otázek, 21 otázek"),
        ("ar", "سؤال واحد, سؤالان, 5 أسئلة, 11 سؤالًا, 21 سؤالًا"),
        ("he", "שאלה אחת, שתי שאלות, 5 שאלות, 11 שאלות, 21 שאלות"),
        ("ja", "1問, 2問, 5問, 11問, 21問"),
        ("fa", "۱ پرسش, ۲ پرسش, ۵ پرسش, ۱۱ پرسش, ۲۱ پرسش"),
        ("fr", "1 question, 2 questions, 5 questions, 11 questions, 21 questions"),
    ],
)
def test_plural_forms_follow_the_language(language: str, forms: str) -> None:
    words = words_for(language)

    assert [say(words, words.site.question_count, n) for n in (1, 2, 5, 11, 21)] == forms.split(
        ", "
    )


def test_a_message_is_filled_with_its_values() -> None:
    persian, english = words_for("fa"), words_for("en")

    assert say(english, english.card.verdict_wrong, letters="C") == (
        "Not quite: the right answer is C"
    )
    assert say(persian, persian.card.verdict_wrong_all, found=12, total=30) == (
        "کاملاً درست نیست: ۱۲ از ۳۰ درست"
    )
    assert form_of("same", "few") == "same"


# Languages and tags


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("de-CH-1996", "de"),
        ("pt", "pt"),
        ("pt-BR", "pt"),
        ("pt-PT", "pt-PT"),
        ("pt-AO", "pt-PT"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("cmn", "zh-Hans"),
        ("yue", "zh-Hant"),
        ("iw", "he"),
        ("in", "id"),
        ("es-419", "es"),
        ("fr-CA", "fr"),
        ("DE-de", "de"),
    ],
)
def test_a_tag_finds_the_words_of_its_language(tag: str, language: str) -> None:
    assert spoken_language(tag) == language
    assert words_for(tag).language == language


@pytest.mark.parametrize("tag", ["sw", "ca", "nb", "sr", "ur", "x-private", "ar-Latn", "", "?"])
def test_other_languages_have_english_words_and_say_so(tag: str) -> None:
    assert spoken_language(tag) is None
    assert words_for(tag).language == "en"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *(("ar", "rtl"), ("he-IL", "rtl"), ("fa-AF", "rtl"), ("ur", "rtl"), ("yi", "rtl")),
        *(("az-Arab", "rtl"), ("pa-PK", "rtl"), ("ckb", "rtl"), ("dv", "rtl"), ("ug", "rtl")),
        *(("en", "ltr"), ("ar-Latn", "ltr"), ("pa", "ltr"), ("ks-Deva", "ltr"), ("?", "ltr")),
    ],
)
def test_direction_follows_the_script(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction


@pytest.mark.parametrize(
    "tag", ["en", "de-AT", "zh-Hant-HK", "tpi", "sr-Latn", "x-klingon", "la", "cmn", "iw", "und"]
)
def test_valid_tags_are_valid(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("japanese", "ja"),
        ("Japanese", "ja"),
        ("japanees", "ja"),
        ("Deutsch", "de"),
        ("日本語", "ja"),
        ("français", "fr"),
        ("русский", "ru"),
        ("Brazilian Portuguese", "pt-BR"),
        ("English (UK)", "en"),
        ("jp", "ja"),
        ("cn", "zh"),
        ("cz", "cs"),
        ("ua", "uk"),
        ("ger", "de"),
        ("jpn", "ja"),
        ("en_US", "en-US"),
        ("zh_TW", "zh-TW"),
        ("de-Klingon", "de"),
        ("de_Österreich", "de"),
        (" de", "de"),
        ("", None),
        ("xx", None),
        ("--", None),
        ("12", None),
        ("C.UTF-8", None),
        ("x" * 5000, None),
        ("\0", None),
    ],
)
def test_what_is_no_tag_is_told_and_what_was_meant_is_guessed(text: str, meant: str | None) -> None:
    assert not is_language(text)
    assert meant_language(text) == meant


def test_languages_have_english_names() -> None:
    assert [english_name(tag) for tag in ("sw", "de-AT", "x-foo")] == ["Swahili", "German", "x-foo"]


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_a_bank_without_counted_words_waits_for_no_library(language: str, tmp_path: Path) -> None:
    """Babel and langcodes take longer to load than a small bank takes to build."""
    (tmp_path / "deck.toml").write_text(
        f'id = "bank"\ntitle = "Bank"\nlanguage = "{language}"\n', encoding="utf-8"
    )
    (tmp_path / "01.md").write_text(
        "# One\n\n## one\n\nWhich?\n\n- [x] A\n- [ ] B\n", encoding="utf-8"
    )
    code = (
        "import sys; from pathlib import Path; import mcqdeck; "
        f"folder = Path({str(tmp_path)!r}); mcqdeck.build(mcqdeck.check([folder]), folder); "
        "print([name for name in ('babel', 'langcodes') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


# What authors write


def sources() -> Iterator[tuple[str, Any]]:
    for tag in LANGUAGES:
        yield tag, words_for(tag).source


def test_no_name_means_two_sections() -> None:
    explanation, references = set(), set()
    for _, source in sources():
        explanation |= {*map(str.casefold, source.explanation)}
        references |= {*map(str.casefold, source.references)}

    assert explanation.isdisjoint(references)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_sections_and_pairs_are_known_in_every_bank(tag: str) -> None:
    source = words_for(tag).source
    for name in source.explanation:
        assert section_of(f" {name.upper()}: ") is Section.EXPLANATION
    for name in source.references:
        assert section_of(name.lower()) is Section.REFERENCES
    for pair in source.true_false:
        assert pair_of(*pair) is Pair.TRUE_FALSE
        assert pair_of(f"{pair[1]}.", pair[0].lower()) is Pair.TRUE_FALSE
    for pair in source.yes_no:
        assert pair_of(*pair) is Pair.YES_NO


@pytest.mark.parametrize("heading", ["Notes", "Explain", "Answer", "", "Erkl", "解"])
def test_other_headings_are_no_sections(heading: str) -> None:
    assert section_of(heading) is None


@pytest.mark.parametrize(
    "pair", [("True", "Yes"), ("Yes", "Yes"), ("True", "Perhaps"), ("Yes, always", "No"), ("", "")]
)
def test_other_options_are_no_pairs(pair: tuple[str, str]) -> None:
    assert pair_of(*pair) is None


ALL, NONE, SOME = Others.ALL, Others.NONE, Others.SOME
PHRASES = [
    *((text, "en", ALL) for text in ("All of the above", "all the above.", "All of these apply")),
    *((text, "en", ALL) for text in ("All are correct", "All of the other options are true")),
    *((text, "en", NONE) for text in ("None of the above", "“None of these”", "Neither")),
    *((text, "en", NONE) for text in ("None of the options is correct", "None apply")),
    *((text, "en", SOME) for text in ("Both", "Both of these", "Any of the above")),
    *((text, "en", SOME) for text in ("Two or more of the above", "More than one of these")),
    *((text, "de", ALL) for text in ("Alle genannten", "Alle der oben genannten Antworten")),
    *((text, "de-CH", ALL) for text in ("Alle Antworten sind richtig.", "Alles oben Genannte")),
    *((text, "de", NONE) for text in ("Keine der genannten", "Keine davon", "Nichts davon")),
    *((text, "de", NONE) for text in ("Keine der Antworten ist richtig", "None of the above")),
    *((text, "fr", ALL) for text in ("Toutes les réponses ci-dessus", "Tout ce qui précède")),
    *((text, "fr", NONE) for text in ("Aucune de ces réponses", "Aucune réponse n'est juste")),
    *((text, "es", ALL) for text in ("Todas las anteriores", "Todas las respuestas son correctas")),
    *((text, "es", NONE) for text in ("Ninguna de las anteriores", "Ninguna es correcta")),
    *((text, "pt-BR", ALL) for text in ("Todas as alternativas acima", "Todas as anteriores")),
    *((text, "pt-PT", ALL) for text in ("Todas as anteriores", "Todas as respostas")),
    *((text, "pt", NONE) for text in ("Nenhuma das alternativas anteriores", "Nenhuma das acima")),
    *((text, "pt-PT", NONE) for text in ("Nenhuma das anteriores", "Nenhuma das alternativas")),
    *((text, "it", ALL) for text in ("Tutte le precedenti", "Tutte le risposte sono corrette")),
    *((text, "it", NONE) for text in ("Nessuna delle precedenti", "Nessuna delle risposte")),
    *((text, "nl", ALL) for text in ("Alle bovenstaande", "Alle antwoorden zijn juist")),
    *((text, "nl", NONE) for text in ("Geen van bovenstaande", "Geen van de antwoorden")),
    *((text, "sv", ALL) for text in ("Alla ovanstående", "Alla alternativ är rätt")),
    *((text, "sv", NONE) for text in ("Inget av ovanstående", "Inget av alternativen")),
    *((text, "pl", ALL) for text in ("Wszystkie powyższe", "Wszystkie odpowiedzi są poprawne")),
    *((text, "pl", NONE) for text in ("Żadne z powyższych", "Żadna z odpowiedzi")),
    *((text, "cs", ALL) for text in ("Všechny uvedené", "Všechny odpovědi jsou správné")),
    *((text, "cs", NONE) for text in ("Žádná z uvedených", "Žádná z výše uvedených možností")),
    *((text, "uk", ALL) for text in ("Усе перелічене", "Усі відповіді правильні")),
    *((text, "uk", NONE) for text in ("Жоден із наведених", "Немає правильної відповіді")),
    *((text, "ru", ALL) for text in ("Все вышеперечисленное", "Всё перечисленное верно")),
    *((text, "ru", NONE) for text in ("Ничего из перечисленного", "Нет правильного ответа")),
    *((text, "tr", ALL) for text in ("Yukarıdakilerin hepsi", "HEPSİ")),
    *((text, "tr", NONE) for text in ("Hiçbiri", "Yukarıdakilerin hiçbiri")),
    *((text, "ar", ALL) for text in ("جميع ما سبق", "كلّ ما ذُكر", "جميع الإجابات صحيحة")),
    *((text, "ar", NONE) for text in ("لا شيء مما سبق", "لا شئ مما سبق")),
    *((text, "he", ALL) for text in ("כל התשובות נכונות", "כל הנ״ל", 'כל הנ"ל')),
    *((text, "he", NONE) for text in ("אף תשובה אינה נכונה", "אף אחת מהתשובות")),
    *((text, "fa", ALL) for text in ("همه موارد", "همهٔ موارد بالا", "همه موارد فوق")),
    *((text, "fa", NONE) for text in ("هیچ‌کدام", "هيچكدام", "هیچ کدام از موارد")),
    *((text, "hi", ALL) for text in ("उपरोक्त सभी", "इनमें से सभी")),
    *((text, "hi", NONE) for text in ("इनमें से कोई नहीं", "उपर्युक्त में से कोई नहीं")),
    *((text, "zh", ALL) for text in ("以上都对", "以上皆是", "以上全部正确")),
    *((text, "zh-CN", NONE) for text in ("以上都不是", "以上都不对", "没有正确答案")),
    *((text, "zh-TW", ALL) for text in ("以上皆是", "以上皆對")),
    *((text, "zh-TW", NONE) for text in ("以上皆非", "以上都不是")),
    *((text, "ja", ALL) for text in ("上記すべて", "上記のすべて", "すべて正しい。")),
    *((text, "ja", NONE) for text in ("上記のいずれでもない", "どれも正しくない", "該当なし")),
    *((text, "ko", ALL) for text in ("위의 모든 것", "모두 맞다")),
    *((text, "ko", NONE) for text in ("정답 없음", "위의 것 중 없음")),
    *((text, "vi", ALL) for text in ("Tất cả các đáp án trên", "Tất cả đều đúng")),
    *(
        (text, "vi", NONE)
        for text in ("Không có đáp án nào đúng", "Không câu nào trong các câu trên")
    ),
    *((text, "id", ALL) for text in ("Semua jawaban benar", "Semua di atas")),
    *((text, "id", NONE) for text in ("Tidak ada yang benar", "Tidak ada jawaban yang benar")),
]


@pytest.mark.parametrize(("text", "language", "kind"), PHRASES)
def test_options_that_stand_for_the_others_are_told(text: str, language: str, kind: Others) -> None:
    assert others_of(text, language) is kind


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_tells_all_and_none_of_the_above(tag: str) -> None:
    kinds = {kind for _, language, kind in PHRASES if spoken_language(language) == tag}

    assert {ALL, NONE} <= kinds


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("All", "en"),
        ("None", "en"),
        ("All mammals", "en"),
        ("None of the patient's relatives", "en"),
        ("All of the above-ground pipes", "en"),
        ("Both kidneys", "en"),
        ("Some", "en"),
        ("Above all", "en"),
        ("Alle", "de"),
        ("Keine", "de"),
        ("Alle Säugetiere", "de"),
        ("Richtig", "de"),
        ("Alle genannten", "en"),
        ("Tous les mammifères", "fr"),
        ("Aucune", "fr"),
        ("Todas las plantas", "es"),
        ("Все млекопитающие", "ru"),
        ("كل الثدييات", "ar"),
        ("すべての動物", "ja"),
        ("以上", "zh"),
        ("全部動物", "zh-TW"),
        ("", "en"),
        ("all of the above " * 40, "en"),
    ],
)
def test_other_options_stand_for_themselves(text: str, language: str) -> None:
    assert others_of(text, language) is None


# What a bank says otherwise


def config(text: str) -> tuple[Any, list[str]]:
    """A `deck.toml` with more lines, and what is wrong with it."""
    head = 'id = "bank"\ntitle = "Bank"\n'
    settings, diagnostics = parse_config("deck.toml", (head + text).encode())
    return settings, [
        f"{diagnostic.where.line}: {diagnostic.message}: {diagnostic.help}"
        for diagnostic in diagnostics
    ]


def test_a_bank_may_say_a_word_otherwise() -> None:
    settings, problems = config(
        'language = "de"\n[words]\nanswer = "Lösung"\n'
        'question-count = { one = "{count} Aufgabe", other = "{count} Aufgaben" }\n'
        'choose = "Kreuze {count} an"\n'
    )
    words = words_for(settings.language, settings.words)

    assert problems == []
    assert words.card.answer == "Lösung"
    assert [say(words, words.site.question_count, n) for n in (1, 3)] == ["1 Aufgabe", "3 Aufgaben"]
    assert say(words, words.card.choose, 2) == "Kreuze 2 an"
    assert words.card.explanation == "Erklärung"
    assert words_for("de").card.answer == "Antwort"


def test_words_may_have_what_languages_need_that_is_not_seen() -> None:
    """A space that does not break, a joint without width, a mark of direction."""
    _, problems = config('[words]\nanswer = "a\u00a0: b"\nexplanation = "گزینه\u200cها"\n')

    assert problems == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('anwser = "x"', "unknown key `anwser`; did you mean `answer`?: write `answer`"),
        ('zzz = "x"', "unknown key `zzz`: use one of "),
        ('answer = ""', '`answer` cannot be "": write a text in quotes on one line'),
        ("answer = 3", "`answer` cannot be 3: write a text in quotes on one line"),
        ('answer = "{x}"', '`answer` cannot be "{x}": write a text in quotes on one line'),
        ('answer = "{{Back}}"', '`answer` cannot be "{{Back}}": write a text'),
        (r'answer = "two\nlines"', "`answer` cannot be "),
        ('answer = { other = "x" }', "`answer` cannot be a table: write a text in quotes"),
        (
            'verdict-wrong = "No: {letter}"',
            "write a text in quotes on one line, in which `{letters}` may stand",
        ),
        ('choose = { one = "x" }', "or such texts by kind of number"),
        ('choose = { other = "x", more = "y" }', "or such texts by kind of number"),
        ("choose = { other = 2 }", "or such texts by kind of number"),
        ('digits = "01"', "write the ten digits from 0 to 9"),
        ('flashcard-deck = "A::B"', "write the name of a deck, without `::` and quotes"),
    ],
)
def test_a_word_that_cannot_be_is_reported_in_its_line(line: str, problem: str) -> None:
    settings, problems = config(f"[words]\n{line}\n")

    assert settings.words == ()
    assert len(problems) == 1
    assert problems[0].startswith("4: ")
    assert problem in problems[0]


def test_words_that_are_no_table_are_reported() -> None:
    _, problems = config('words = "x"\n')

    assert problems == ['3: `words` cannot be "x": write a table: `[words]`']


def test_a_language_that_is_none_is_reported_with_what_was_meant() -> None:
    settings, problems = config('language = "japanese"\n')

    assert settings.language == "en"
    assert problems == [
        '3: `language` cannot be "japanese": write a language tag; did you mean `ja`?'
    ]
    assert config('language = "xx"\n')[1] == [
        '3: `language` cannot be "xx": write a language tag such as `"en"`'
    ]
    assert dict(settings.places)["language"] == Place("deck.toml", 3, 1)


def test_near_words_are_suggested() -> None:
    assert closest_words("knewit")[0] == "knew-it"


# What the docs say

DOCS = (Path(__file__).parents[1] / "docs" / "languages.md").read_text(encoding="utf-8")


def test_the_docs_list_every_language() -> None:
    assert tuple(re.findall(r"^\| `(\S+)` \|", DOCS, re.MULTILINE)) == LANGUAGES


@pytest.mark.parametrize(
    "text", re.findall(r"^```toml\n(.*?)^```$", DOCS, re.DOTALL | re.MULTILINE)
)
def test_the_examples_of_the_docs_have_no_fault(text: str) -> None:
    settings, problems = config(text)

    assert problems == []
    assert settings.words or settings.language == "de"
