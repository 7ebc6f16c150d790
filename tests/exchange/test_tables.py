"""The headers that people give their tables, in the languages that are known."""

from __future__ import annotations

import pytest

from mcqdeck import exchange

HEADERS = (
    "Frage;Antwort A;Antwort B;Antwort C;Richtige Antwort;Erklärung;Thema",
    "Fragestellung;Antwort 1;Antwort 2;Antwort 3;Lösung;Begründung;Fach",
    "Pregunta;Opción A;Opción B;Opción C;Respuesta correcta;Retroalimentación;Asignatura",
    "Enunciado;Respuesta A;Respuesta B;Respuesta C;Solución;Justificación;Unidad",
    "Question;Réponse A;Réponse B;Réponse C;Bonne réponse;Commentaire;Matière",
    "Énoncé;Choix A;Choix B;Choix C;Corrigé;Explication;Chapitre",
    "Domanda;Risposta A;Risposta B;Risposta C;Risposta corretta;Spiegazione;Argomento",
    "Quesito;Opzione A;Opzione B;Opzione C;Soluzione;Commento;Capitolo",
    "Pergunta;Opção A;Opção B;Opção C;Resposta;Explicação;Assunto",
    "Questão;Alternativa A;Alternativa B;Alternativa C;Gabarito;Justificativa;Disciplina",
    "Vraag;Antwoord A;Antwoord B;Antwoord C;Juiste antwoord;Toelichting;Onderwerp",
)
FURTHER_HEADERS = (
    "Soal;Pilihan A;Pilihan B;Pilihan C;Jawaban;Pembahasan;Materi",
    "Câu hỏi;Đáp án A;Đáp án B;Đáp án C;Đáp án đúng;Giải thích;Chủ đề",
    "Pytanie;Odpowiedź A;Odpowiedź B;Odpowiedź C;Poprawna odpowiedź;Wyjaśnienie;Temat",
    "Otázka;Možnost A;Možnost B;Možnost C;Správná odpověď;Vysvětlení;Kapitola",
    "Fråga;Alternativ A;Alternativ B;Alternativ C;Rätt svar;Förklaring;Ämne",
    "Soru;Şık A;Şık B;Şık C;Doğru cevap;Açıklama;Konu",
    "Вопрос;Вариант 1;Вариант 2;Вариант 3;Правильный ответ;Объяснение;Тема",
    "Питання;Відповідь 1;Відповідь 2;Відповідь 3;Правильна відповідь;Пояснення;Тема",
    "問題;選択肢1;選択肢2;選択肢3;正解;解説;カテゴリ",
    "题干;选项A;选项B;选项C;答案;解析;分类",
    "문제;보기 1;보기 2;보기 3;정답;해설;category",
)


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.partition(";")[0])
@pytest.mark.parametrize("key", ["B", "b)", "2", "zwei"])
def test_a_header_of_seven_languages_is_understood(header: str, key: str) -> None:
    text = f"{header}\r\n1 + 1?;eins;zwei;drei;{key};Weil.;Rechnen\r\n"
    source = exchange.Source("table.csv", text.encode("cp1252"))

    contents = exchange.read(source, exchange.recognised(source))

    (item,) = contents.items
    assert [option.is_correct for option in item.options] == [False, True, False]
    assert item.explanation.markdown == "Weil."
    assert item.category == ("Rechnen",)
    assert not [remark for remark in contents.remarks if "column" in remark]


@pytest.mark.parametrize("header", FURTHER_HEADERS, ids=lambda header: header.partition(";")[0])
def test_a_header_of_further_languages_is_understood(header: str) -> None:
    text = f"{header}\r\n1 + 1?;one;two;three;two;So it is.;Sums\r\n"
    source = exchange.Source("table.csv", text.encode())

    contents = exchange.read(source, exchange.recognised(source))

    (item,) = contents.items
    assert [option.is_correct for option in item.options] == [False, True, False]
    assert item.explanation.markdown == "So it is."
    assert item.category == ("Sums",)
    assert not contents.remarks


def test_a_table_of_markdown_in_a_cell_makes_no_markdown_of_a_table() -> None:
    cell = '"Which?\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"'
    source = exchange.Source("-", f"question,option a,option b,answer\n{cell},x,y,A\n".encode())

    form = exchange.recognised(source)

    assert form.name == "csv"
    assert len(exchange.read(source, form).items) == 1


def test_a_sign_for_what_another_program_could_not_read_is_no_damage() -> None:
    table = "question,option a,option b,answer\nWhat is a na\ufffdve guess?,x,y,A\n"
    source = exchange.Source("x.csv", table.encode())

    contents = exchange.read(source, exchange.recognised(source))

    assert contents.items[0].stem.markdown == "What is a na\ufffdve guess?"


# The layouts of templates, as other programs write them.
KAHOOT = (
    "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2 - max 75 characters,"
    "Answer 3 - max 75 characters,Answer 4 - max 75 characters,"
    '"Time limit (sec) - 5, 10, 20, 30, 60, 90, 120, or 240",'
)
BLOOKET = (
    "Blooket Import Template,,,,,,,,\nQuestion #,Question Text,Answer 1,Answer 2,"
    "Answer 3 (Optional),Answer 4 (Optional),Time Limit (sec) (Max: 300 seconds),"
    "Correct Answer(s) (only include Answer #),Question Image\n"
)


@pytest.mark.parametrize(
    "key", ["Correct answer(s) - choose at least one", '"Correct answer(s) - 1, 2, 3, or 4"']
)
def test_what_a_header_says_may_be_filled_in_is_no_part_of_its_name(key: str) -> None:
    source = exchange.Source("x.csv", f"{KAHOOT}{key}\nWhich?,a,b,c,d,20,3\n".encode())

    (item,) = exchange.read(source, exchange.recognised(source)).items

    assert [option.is_correct for option in item.options] == [False, False, True, False]


def test_two_numbers_that_a_spreadsheet_took_for_one_are_two() -> None:
    """`1,3` is a number where a decimal comma is used, and is saved as 1.3."""
    rows = "Which?,a,b,c,,20,1.3\nThe one?,a,b,c,,20,2\n"
    data = f"{KAHOOT}Correct answer(s)\n{rows}".encode()
    source = exchange.Source("x.csv", data)

    items = exchange.read(source, exchange.recognised(source)).items

    assert [[option.is_correct for option in item.options] for item in items] == [
        [True, False, True],
        [False, True, False],
    ]


def test_a_number_that_is_an_option_is_that_option() -> None:
    rows = "How much?,1.3,1.4,1.5,1.3\nAnd now?,1.2,1.3,1.1,1.2\n"
    source = exchange.Source("x.csv", f"question,answer 1,answer 2,answer 3,key\n{rows}".encode())

    items = exchange.read(source, exchange.recognised(source)).items

    assert [[option.is_correct for option in item.options] for item in items] == [
        [True, False, False],
        [True, False, False],
    ]


def test_the_image_of_a_question_is_kept() -> None:
    row = "1,Which?,a,b,,,20,2,https://example.org/a.png\n"
    source = exchange.Source("x.csv", f"{BLOOKET}{row}".encode())

    contents = exchange.read(source, exchange.recognised(source))

    assert "https://example.org/a.png" in contents.items[0].stem.markdown
    assert not contents.remarks


COUNTED = (
    "answers are numbers, and nothing tells whether they count from 0 or 1; they were counted from "
)


@pytest.mark.parametrize(
    ("header", "keys", "right", "guessed"),
    [
        ("question,option 1,option 2,option 3,answer", "12", "ab", ""),
        ("question,option 1,option 2,option 3,answer", "13", "ac", ""),
        ("question,a,b,c,answer", "13", "ac", ""),
        ("question,a,b,c,answer", "02", "ac", ""),
        ("question,a,b,c,answer", "12", "ab", "1"),
        ("question,a,b,c,correct answer index", "12", "bc", "0"),
        ("question,a,b,c,correct answer index", "13", "ac", ""),
        ("question,a,b,c,answer", "03", "", ""),
    ],
)
def test_where_nothing_tells_from_what_numbers_count_a_note_says_so(
    header: str, keys: str, right: str, guessed: str
) -> None:
    rows = "".join(f"Which {key}?,a,b,c,{key}\n" for key in keys)
    source = exchange.Source("x.csv", f"{header}\n{rows}".encode())

    contents = exchange.read(source, exchange.recognised(source))

    assert "".join(o.text.markdown for i in contents.items for o in i.options if o.is_correct) == (
        right
    )
    assert len(contents.items) == len(right)
    remarks = [f"{COUNTED}{guessed}: look at some"] if guessed else []
    assert list(contents.remarks) == remarks


@pytest.mark.parametrize(
    ("keys", "right", "is_guessed"),
    [("12", "bc", True), ("02", "ac", False), ("13", "ac", False)],
)
def test_numbers_in_a_list_of_json_count_from_zero_unless_they_cannot(
    keys: str, right: str, is_guessed: bool
) -> None:
    questions = ", ".join(
        f'{{"question": "Which {key}?", "options": ["a", "b", "c"], "correct": {key}}}'
        for key in keys
    )
    source = exchange.Source("x.json", f"[{questions}]".encode())

    contents = exchange.read(source, exchange.recognised(source))

    assert "".join(o.text.markdown for i in contents.items for o in i.options if o.is_correct) == (
        right
    )
    assert list(contents.remarks) == [f"{COUNTED}0: look at some"] * is_guessed


@pytest.mark.parametrize("key", ['"a,c"', '"a, c"', "a;c", "a|c", '"c,a"'])
def test_the_texts_of_several_right_options_stand_one_behind_the_other(key: str) -> None:
    rows = f"Which?,a,b,c,{key}\nWhich one?,red,green,blue,green\n"
    source = exchange.Source("x.csv", f"question,option1,option2,option3,answer\n{rows}".encode())
    texts = exchange.Source(
        "x.csv",
        source.data.replace(b",a,b,c,", b",apple,beech,cedar,").replace(
            key.encode(), key.replace("a", "apple").replace("c", "cedar").encode(), 1
        ),
    )

    first = [exchange.read(one, exchange.recognised(one)).items[0] for one in (source, texts)]

    assert [[o.is_correct for o in item.options] for item in first] == [[True, False, True]] * 2


@pytest.mark.parametrize(
    ("row", "explanation", "has_more"),
    [
        ("Since it is, as all know, round", "Since it is, as all know, round", False),
        ("It is round,,,", "It is round", False),
        ("Since it is, as all know, round,,", "Since it is, as all know, round", False),
        ("It is round,,checked", "It is round", True),
        (",,checked", "", True),
    ],
)
def test_commas_at_the_end_of_a_row_are_no_part_of_its_explanation(
    row: str, explanation: str, has_more: bool
) -> None:
    header = "question,option a,option b,answer,explanation"
    data = f"{header},,,\nWhich?,moon,brick,A,{row}\n".encode()
    source = exchange.Source("x.csv", data)

    contents = exchange.read(source, exchange.recognised(source))

    assert contents.items[0].explanation.markdown == explanation
    assert list(contents.remarks) == ["a column is left out: one without a name"] * has_more
