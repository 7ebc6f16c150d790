"""What the header of a table says: which column is the stem, which an option, which the key.

Our own names come first; the others are those of Kahoot, Quizizz, Blooket, Gimkit, Moodle plugins
and of people. Letter case, accents, white space, punctuation and remarks in brackets do
not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mcqdeck.exchange.bank.names import ACCENTS


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", ACCENTS.sub("", apart))


# fmt: off
_NAMES: Mapping[str, str] = {
    _without_accents(name): column
    for column, names in {
        "stem": "stem|question|question text|questiontext|question stem|question title|title text|"
                "prompt|frage|fragetext|fragestellung|aufgabe|aufgabenstellung|pregunta|enunciado|"
                "énoncé|intitulé|domanda|quesito|vraag|opgave|pergunta|questão|"
                "texto da pergunta|texto pregunta|texto de la pregunta|texte de la question|"
                "pertanyaan|soal|câu hỏi|pytanie|treść pytania|otázka|fråga|soru|питання|题干|문제|"
                "libellé|testo della domanda|вопрос|问题|题目|질문|問題",
        "key": "answer|answers|key|correct|correct answer|correct answers|correct option|"
               "correct options|right answer|right answers|correct choice|solution|"
               "answer key|ans|correct ans|"
               "correct answer index|correct index|answer index|correctanswer|"
               "correctindex|correctanswer index|right option|correct answer letter|"
               "antwort|richtige antwort|richtige antworten|lösung|lösungen|loesung|loesungen|"
               "richtig|korrekt|"
               "respuesta|respuesta correcta|respuestas correctas|opción correcta|"
               "alternativa correcta|correcta|correctas|solución|clave|"
               "réponse|réponse correcte|réponses correctes|bonne réponse|bonnes réponses|corrigé|"
               "risposta|risposta corretta|risposte corrette|risposta esatta|corretta|esatta|"
               "soluzione|"
               "antwoord|juiste antwoord|correct antwoord|oplossing|"
               "resposta|resposta correta|respostas corretas|resposta certa|alternativa correta|"
               "opção correta|correta|gabarito|答案|正确答案|정답|"
               "jawaban|jawaban benar|kunci|kunci jawaban|đáp án|đáp án đúng|poprawna odpowiedź|"
               "prawidłowa odpowiedź|správná odpověď|rätt svar|doğru cevap|doğru yanıt|"
               "правильный ответ|верный ответ|правильна відповідь|正解|正答",
        "choices": "options|choices|answer options|answer choices|possible answers|alternatives|"
                   "antwortmöglichkeiten|antwortoptionen|antworten|opciones|alternativas|choix|"
                   "réponses possibles|opzioni|opties|antwoordmogelijkheden|opções|"
                   "pilihan|pilihan jawaban|opsi|lựa chọn|phương án|odpowiedzi|odpovědi|"
                   "možnosti|svarsalternativ|alternativ|seçenekler|şıklar|"
                   "варианты|варианты ответов|варіанти|"
                   "選択肢|选项|보기",
        "wrong choices": "incorrect answers|wrong answers|distractors|falsche antworten|"
                         "distraktoren|respuestas incorrectas|mauvaises réponses|"
                         "risposte sbagliate|respostas erradas|respostas incorretas",
        "explanation": "explanation|answer explanation|general feedback|feedback|rationale|comment|"
                       "comments|explanation text|justification|reason|solution explanation|"
                       "erklärung|begründung|erklaerung|begruendung|kommentar|rückmeldung|"
                       "explicación|justificación|comentario|retroalimentación|procedimiento|"
                       "explication|commentaire|spiegazione|commento|uitleg|toelichting|"
                       "explicação|comentário|justificativa|解析|해설|explain|reasoning|"
                       "explicación de la respuesta|explicação da resposta|explicação resposta|"
                       "explication de la réponse|spiegazione della risposta|"
                       "penjelasan|pembahasan|giải thích|wyjaśnienie|vysvětlení|förklaring|"
                       "açıklama|объяснение|пояснение|пояснення|解説",
        "references": "references|reference|source|sources|quelle|quellen|paragraf|"
                      "referencia|referencias|fuente|fonte|référence|riferimento|bron|referência|referências",
        "tags": "tags|tag|labels|keywords|schlagwörter|etiquetas|mots clés|parole chiave",
        "chapter": "chapter|category|topic|subject|section|deck|unit|module|domain|"
                   "kapitel|kategorie|thema|fach|bereich|"
                   "capítulo|categoría|tema|asignatura|unidad|chapitre|catégorie|thème|matière|"
                   "capitolo|categoria|argomento|materia|hoofdstuk|categorie|onderwerp|vak|"
                   "assunto|disciplina|matéria|tópico|"
                   "materi|mata pelajaran|bab|topik|chủ đề|chương|kategoria|temat|rozdział|"
                   "kategorie|kapitola|ämne|konu|ünite|тема|раздел|категория|розділ|章节|分类|カテゴリ",
        "id": "id|question id|slug",
        "name": "name|question name",
        "objective": "objective|learning objective|lernziel",
        "level": "level|bloom|bloom level",
        "difficulty": "difficulty|difficulty level|"
                      "schwierigkeit|schwierigkeitsgrad|dificultad|difficulté|"
                      "difficoltà|moeilijkheid|dificuldade",
        "shuffle": "shuffle",
        "flashcard": "flashcard",
        "retired": "retired",
        "type": "type|question type|questiontype|typ|fragetyp|tipo|tipo de pregunta|"
                "tipo de pergunta|type de question|tipo di domanda",
        "format": "format|text format",
        "image": "image|image link|image url|question image|question image url|picture|media|bild|"
                 "media file|image filename|image file|imagen|immagine|imagem",
    }.items()
    for name in names.split("|")
}
# fmt: on
_OPTION = re.compile(
    _without_accents(
        r"(?:(?P<kind>(?:wrong |incorrect |false )?(?:answer|option|choice|answer option|antwort|"
        r"antwortmöglichkeit|opción|respuesta|réponse|risposta|opzione|resposta|opção|antwoord|"
        r"optie|opt|choix|alternative|alternativa|選択肢|选项|보기|ответ|вариант|вариант ответа|"
        r"відповідь|варіант|pilihan|opsi|jawaban|đáp án|phương án|lựa chọn|odpowiedź|odpověď|"
        r"možnost|svar|(?:svars)?alternativ(?= )|seçenek|şık|cevap)"
        r"|distractor|distraktor|distrattore|wrong|incorrect|falsch|falsche antwort"
        r"|(?:respuesta|réponse|opción) incorrect[ae]|mauvaise réponse|fout antwoord"
        r"|(?:risposta )?(?:errata|sbagliata)|(?:resposta|opção|alternativa) (?:errada|incorreta)"
        r") ?)?(?P<mark>[a-z]|\d{1,2})(?: text| texto)?"
    )
)
# The name of each of several columns that hold a wrong answer, without a number.
_EACH_WRONG = re.compile(
    _without_accents(
        r"(?:wrong|incorrect|false)(?: answer| option| choice)?|distractor|distraktor|distrattore"
        r"|falsch(?:e antwort)?|(?:respuesta )?incorrecta|(?:réponse )?fausse|mauvaise réponse"
        r"|(?:risposta )?(?:errata|sbagliata)|(?:resposta )?(?:errada|incorreta)|fout(?: antwoord)?"
    )
)
_RATIONALE = re.compile(
    r"(?:rationale|feedback|explanation|comment) (?:for )?(?:option |answer |choice )?"
    r"(?P<mark>[a-z]|\d{1,2})"
    r"|(?:option|answer|choice)? ?(?P<other>[a-z]|\d{1,2}) (?:rationale|feedback|explanation)"
)
_WRONG = re.compile(r"wrong|incorr|fals|distra|mauvaise|errat|sbagliat|errad|fout")
_NUMBER_SIGN = re.compile(r"(?<=\w) ?#$")
_INSTRUCTION = re.compile(
    r"(?: [-–:]|:) (?:(?:max|choose|only|required|optional|elige|escolha|choisissez|scegli|kies"
    r"|wahle|mindestens)\b|\d+, ?\d).*"
)
_NO_WORD = re.compile(r"[^\w']+|_")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(slots=True)
class Header:
    """What the columns of a table are, by their numbers from 0."""

    columns: dict[str, int] = field(default_factory=dict)
    """By our own name of what they hold."""

    options: list[int] = field(default_factory=list)
    """In the order of their marks."""

    rationales: dict[int, int] = field(default_factory=dict)
    """By the option's position in that order."""

    are_wrong: bool = False
    """Whether the options are only the wrong ones, the key being a text of its own."""

    has_letters: bool = False
    """Whether options are called by letters."""

    counts_from_one: bool = False
    """Whether options are called 1, 2, …."""

    key_name: str = ""
    """What the key's column is called."""

    @property
    def is_enough(self) -> bool:
        """Whether there are a stem, options, and a key."""
        least = 1 if self.are_wrong else 2
        has_options = len(self.options) >= least or self.together is not None
        return "stem" in self.columns and has_options and "key" in self.columns

    @property
    def names_index(self) -> bool:
        """Whether the key's column is said to hold an index, which programs count from 0."""
        return "index" in self.key_name

    @property
    def together(self) -> int | None:
        """The column that holds all options of a row, where they have none of their own."""
        if self.options:
            return None
        return self.columns.get("choices", self.columns.get("wrong choices"))

    def spread(self, first: int, most: int) -> Header:
        """The header of rows whose options, up to `most`, were given columns from `first` on."""
        are_wrong = "choices" not in self.columns
        return replace(self, options=list(range(first, first + most)), are_wrong=are_wrong)

    @property
    def score(self) -> int:
        """How much of the row is understood."""
        return len(self.columns) + len(self.options) + len(self.rationales)


def names_of(column: str) -> frozenset[str]:
    """What a column is called, as names are compared."""
    return frozenset(name for name, known in _NAMES.items() if known == column)


def first_name(name: str) -> str:
    """Our own name of the column that is called so, or what it is called."""
    column = _NAMES.get(folded(name))
    return next(own for own, known in _NAMES.items() if known == column) if column else name


def folded(cell: str) -> str:
    """A name of a column as it is compared."""
    text = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", cell).casefold())
    text = _without_accents(text)
    text = _NUMBER_SIGN.sub(" number", text.strip())
    text = _INSTRUCTION.sub("", " ".join(text.split()))
    return " ".join(_NO_WORD.sub(" ", text).split())


def header(row: Sequence[str]) -> Header:
    """What the cells of a row say if they are the names of columns."""
    said = Header()
    options: dict[str, int] = {}
    wrong: dict[str, int] = {}
    rationales: dict[str, int] = {}
    for number, cell in enumerate(row):
        name = folded(cell)
        if not name:
            continue
        if (column := _NAMES.get(name)) and column not in said.columns:
            said.columns[column] = number
            if column == "key":
                said.key_name = name
        elif rationale := _RATIONALE.fullmatch(name):
            rationales.setdefault(rationale["mark"] or rationale["other"], number)
        elif option := _OPTION.fullmatch(name):
            is_wrong = _WRONG.search(option["kind"] or "") is not None
            (wrong if is_wrong else options).setdefault(option["mark"], number)
        elif _EACH_WRONG.fullmatch(name):
            wrong[str(len(wrong) + 1)] = number
    if not options and wrong:
        said.are_wrong, options = True, wrong
    elif len(options) == 1 and wrong:  # `Answer 1` beside `Wrong answer 1` …: the right one
        said.columns.setdefault("key", next(iter(options.values())))
        said.are_wrong, options = True, wrong
    _order(said, options, rationales)
    return said


def _order(said: Header, options: Mapping[str, int], rationales: Mapping[str, int]) -> None:
    marks = sorted(
        options, key=lambda mark: (mark.isalpha(), int(mark) if mark.isdigit() else mark)
    )
    letters = [mark for mark in marks if mark.isalpha()]
    if letters and len(letters) < len(marks):  # `1 … 4` and a stray `x`: what there are more of
        marks = letters if len(letters) * 2 > len(marks) else [m for m in marks if m.isdigit()]
    said.has_letters = bool(marks) and marks[0].isalpha()
    said.counts_from_one = bool(marks) and marks[0] == "1"
    said.options = [options[mark] for mark in marks]
    for position, mark in enumerate(marks):
        if mark in rationales:
            said.rationales[position] = rationales[mark]
