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
