"""What the patterns match that tell what a line looks like."""

from tests.patterns.examples import anywhere, at_start

EXAMPLES = {
    "exchange.other_markdown.lines._HEADING": at_start(
        *(
            "⟨# Ice⟩",
            "⟨   ###### Ice ##⟩",
            "⟨##\tQ1. What #⟩",
            "⟨# ⟩",
        ),
        *(
            "#Ice",
            "#",
            "    # Ice",
            "####### Ice",
            "a # b",
        ),
    ).giving(
        {
            "# Ice": {"hashes": "#", "title": "Ice"},
            "# ": {"hashes": "#", "title": ""},
        }
    ),
    "exchange.other_markdown.lines._RULE": at_start(
        *(
            "⟨---⟩",
            "⟨ * * *⟩",
            "⟨___ ⟩",
            "⟨- - - - ⟩",
        ),
        *(
            "--",
            "- a",
            "-*-",
            "    ---",
            "--- a",
            "-_-",
        ),
    ),
    "exchange.other_markdown.lines._TASK": at_start(
        *(
            "⟨- [ ] ice⟩",
            "⟨- [x] ice⟩",
            "⟨* [X]ice⟩",
            "⟨[✓] ice⟩",
            "⟨  2) [ x ] ice⟩",
            "⟨-[] ice⟩",
            "⟨• [*] ⟩",
            "⟨- [ ]\xa0ice⟩",
        ),
        *(
            "- [x](a.html)",
            "- [x]: ice",
            "- [x][y] ice",
            "- [y] ice",
            "- [xx] ice",
            "- ice [x]",
            "a [x]",
            "- (x) ice",
            "- [ ",
        ),
    ).giving(
        {
            "- [ ] ice": {"mark": "", "text": "ice"},
            "- [x] ice": {"mark": "x", "text": "ice"},
            "* [X]ice": {"mark": "X", "text": "ice"},
            "[✓] ice": {"mark": "✓", "text": "ice"},
            "• [*] ": {"mark": "*", "text": ""},
        }
    ),
    "exchange.other_markdown.lines._ROUND": at_start(
        *(
            "⟨( ) ice⟩",
            "⟨(x) ice⟩",
            "⟨- (X) ice⟩",
            "⟨  * (✔) ice⟩",
            "⟨(*)\tice⟩",
            "⟨()  ice⟩",
            "⟨- (x)⟩",
            "⟨  * ( ) ⟩",
        ),
        *(
            "(x)ice",
            "(x) ",
            "- ()",
            "( )",
            "- (y)",
            "-(x) ice",
            "(y) ice",
            "1. (x) ice",
            "ice (x) a",
            "( ",
        ),
    ).giving(
        {
            "( ) ice": {"mark": "", "text": "ice"},
            "(x) ice": {"mark": "x", "text": "ice"},
            "- (X) ice": {"mark": "X", "text": "ice"},
            "  * (✔) ice": {"mark": "✔", "text": "ice"},
            "(*)\tice": {"mark": "*", "text": "ice"},
            "- (x)": {"alone": "x"},
        }
    ),
    "exchange.other_markdown.lines._LETTER": at_start(
        *(
            "⟨A. ice⟩",
            "⟨b) ice⟩",
            "⟨(c) ice⟩",
            "⟨- D. ice⟩",
            "⟨**e)** ice⟩",
            "⟨**f. ice**⟩",
            "⟨*g) ice*⟩",
            "⟨✅ H. ice⟩",
            "⟨> i. ice⟩",
            r"⟨j\. ice⟩",
            "⟨K.- ice⟩",
            "⟨L - ice⟩",
            "⟨m – ice⟩",
            "⟨- n: ice⟩",
            "⟨o:⟩",
            "⟨* P) ice⟩",
            "⟨✓Q. ice⟩",
            "⟨r.⟩",
            "⟨A: ice⟩",
        ),
        *(
            "A.ice",
            "AB. ice",
            "1. ice",
            "é. ice",
            "A ice",
            "A -ice",
            "e.g. ice",
            "A, B. ice",
            "*a ice*",
            "+A. ice",
        ),
    ).giving(
        {
            "A. ice": {"letter": "A", "sign": ".", "text": "ice"},
            "b) ice": {"letter": "b", "sign": ")", "text": "ice"},
            "- D. ice": {"bullet": "- ", "letter": "D", "sign": ".", "text": "ice"},
            "**e)** ice": {
                "mark": "**",
                "letter": "e",
                "sign": ")",
                "between": "**",
                "text": "ice",
            },
            "**f. ice**": {"mark": "**", "letter": "f", "sign": ".", "text": "ice**"},
            "*g) ice*": {"mark": "*", "letter": "g", "sign": ")", "text": "ice*"},
            "✅ H. ice": {"mark": "✅ ", "letter": "H", "sign": ".", "text": "ice"},
            r"j\. ice": {"letter": "j", "sign": r"\.", "text": "ice"},
        }
    ),
    "exchange.other_markdown.lines._ITEM": at_start(
        *(
            "⟨- ice⟩",
            "⟨* ice⟩",
            "⟨+\tice⟩",
            "⟨  • ice⟩",
            "⟨12) ice⟩",
            "⟨3. ice⟩",
        ),
        *(
            "-ice",
            "- ",
            "1.ice",
            "– ice",
            "1234. ice",
            "a. ice",
            "ice - a",
        ),
    ).giving(
        {
            "- ice": {"text": "ice"},
        }
    ),
    "exchange.other_markdown.lines._ANSWER": at_start(
        *(
            "⟨Answer: B⟩",
            "⟨**Answer:** B⟩",
            "⟨> **Correct answer**: A, C⟩",
            "⟨*Answer - c*⟩",
            "⟨Ans. b⟩",
            "⟨ANSWER = 3⟩",
            "⟨The answer is B⟩",
            "⟨the correct answer is: **Ice**⟩",
            "⟨Antwort ist B⟩",
            "⟨Solution → D⟩",
            "⟨Answer (c)⟩",
            "⟨### Answer: he wrote a book⟩",
            "⟨<p>Answer: b</p>⟩",
            "⟨||Answer: b||⟩",
            "⟨✅ Correct answer: Ice⟩",
            "⟨💡 **Key:** b⟩",
            "⟨Correct answer(s): A⟩",
            "⟨Richtige Antwort: b⟩",
            "⟨Lösung: B⟩",
            "⟨Respuesta correcta: c⟩",
            "⟨Réponse: a⟩",
            "⟨Réponse correcte： b⟩",
            "⟨Resposta: d⟩",
            "⟨Gabarito: A⟩",
            "⟨Alternativa correta: B⟩",
            "⟨答案：C⟩",
            "⟨Ответ: б⟩",
            "⟨Antwoord: b⟩",
            "⟨Opción correcta: 2⟩",
            "⟨Suggested answer: C⟩",
            "⟨Best option - b⟩",
            "⟨Options are: a, b⟩",
        ),
        *(
            "La bonne réponse : b",
            "Alternativas: B",
            "Risposta esatta: b",
            "The answer isn't here",
            "Answers",
            "Answer:",
            "Answer: ",
            "Answer B",
            "Answer - ice",
            "Answered: b",
            "Answer issues",
            "The wrong answer: b",
            "My answer: b",
            "Answer | B",
            "A. Answer: b",
            "Answer: | b",
            "Answer (i)",
            "Questions: b",
            "Answer. Ice",
        ),
    ).giving(
        {
            "Answer: B": {"value": "B"},
        }
    ),
    "exchange.other_markdown.lines._CORRECT": at_start(
        *(
            "⟨Correct: B⟩",
            "⟨**Correct:** (c)⟩",
            "⟨✅ Right = 2⟩",
            "⟨richtig: A, C und D⟩",
            "⟨Correcta： b⟩",
            "⟨korrekt: a and b.⟩",
            "⟨> Correct: A & C **⟩",
        ),
        *(
            "Correct: ice",
            "Correct B",
            "Correct: A ice",
            "Correct: Z",
            "Incorrect: B",
            "Correct: 12",
            "Correct: A, ice",
            "Correct answer: B",
        ),
    ).giving(
        {
            "Correct: B": {"value": "B"},
        }
    ),
    "exchange.other_markdown.lines._FOLDED_ANSWER": at_start(
        *(
            "⟨<details><summary>Answer</summary>B</details>⟩",
            "⟨  <details open> <summary>Show the answer</summary> B. Ice </details> ⟩",
            "⟨<DETAILS><SUMMARY>🔑 Lösung</SUMMARY>b</DETAILS>⟩",
        ),
        *(
            "<details><summary>Hint</summary>B</details>",
            "<details><summary>Answer</summary></details>",
            "<details><summary>Answer</summary><b>B</b></details>",
            "<details><summary>Answer</summary>B",
            "<details><summary>Answers1</summary>B</details>",
            "<summary>Answer</summary>B</details>",
            f"<details><summary>{'a ' * 21}answer</summary>B</details>",
        ),
    ).giving(
        {
            "<details><summary>Answer</summary>B</details>": {"value": "B"},
        }
    ),
    "exchange.other_markdown.lines._EXPLANATION": at_start(
        *(
            "⟨**Explanation:** ice floats⟩",
            "⟨Explanation⟩",
            "⟨> Rationale: ice⟩",
            "⟨💡 Reason： ice⟩",
            "⟨Why: ice⟩",
            "⟨Erklärung:⟩",
            "⟨_Explicación_: hielo⟩",
            "⟨Explication : la glace⟩",
            "⟨Begründung: Eis⟩",
            "⟨#### Explanation⟩",
        ),
        *(
            "Explanation ice",
            "Explanations: ice",
            "Why ice?",
            "My reason: ice",
            "Why? Ice",
            "Reasons: ice",
            "Explanation (short): ice",
        ),
    ).giving(
        {
            "**Explanation:** ice floats": {"text": "ice floats"},
            "Explanation": {"text": ""},
        }
    ),
    "exchange.other_markdown.lines._REFERENCE": at_start(
        *(
            "⟨Reference:⟩",
            "⟨References⟩",
            "⟨**Source:** a book⟩",
            "⟨Refs.: a⟩",
            "⟨ref: [a](https://b.c)⟩",
            "⟨Refrence: a⟩",
            "⟨Quelle: a⟩",
        ),
        *(
            "- Reference: a",
            "Referenced: a",
            "Reference a",
            "My source: a",
            "Sourced",
            "[Reference](https://a.b)",
        ),
    ).giving(
        {
            "Reference:": {"text": ""},
            "**Source:** a book": {"text": "a book"},
        }
    ),
    "exchange.other_markdown.lines._LINKS": at_start(
        *(
            "⟨[reference](https://a.b/c)⟩",
            "⟨- [a](https://b.c) and [d](http://e.f).⟩",
            "⟨1. https://a.b⟩",
            "⟨<https://a.b>⟩",
            '⟨![a](https://b.c "d e")⟩',
            "⟨https://a.b.⟩",
            "⟨[a](https://b.c), [d](https://e.f); [g](<https://h.i>) | [j](https://k.l)⟩",
            "⟨[Source](https://a.b) ⟩",
        ),
        *(
            "See https://a.b",
            "[a](b.html)",
            "[a](https://b.c) explains it",
            "https://a.b and ice",
            "[a] (https://b.c)",
            "[a](https://b.c) or [d](https://e.f)",
            "ftp://a.b",
            "[](https://a.b)",
        ),
    ),
    "exchange.other_markdown.lines._CLOSING": anywhere(
        *(
            "b⟨</p>⟩",
            "b</B>⟨</p>⟩",
        ),
        *(
            "b</p> ",
            "<p>b",
            "b</h1>",
            "b</ p>",
            "</p>b",
        ),
    ),
    "exchange.other_markdown.lines._WRAPPER": at_start(
        *(
            "⟨<details>⟩",
            "⟨</details>⟩",
            "⟨<details><summary><b>Answer</b></summary>⟩",
            "⟨<summary>Click to reveal</summary>⟩",
            "⟨  <p> </p><br/>⟩",
            "⟨<DIV class='a'>⟩",
            "⟨</p></details>⟩",
            "⟨<strong>⟩",
        ),
        *(
            "<details open><summary><h4>See <em></em></h4></summary><p>",
            "<p>ice</p>",
            "<details>ice",
            "<summary>ice",
            "<ul>",
            "<pre>",
            "details",
            f"<summary>{'a' * 61}</summary>",
            "<summary>a</summary> ice",
            "<b>ice</b>",
            "a <p>",
        ),
    ),
    "exchange.other_markdown.lines._GAP": anywhere(
        *(
            "ice⟨. ⟩Answer:⟨ ⟩b",
            "ice⟨ (⟩Answer:⟨ ⟩b",
            "ice⟨  **⟩Answer",
            "ice⟨; *[(⟩Ö",
            "лёд⟨ ⟩Ответ:⟨ ⟩б",
            "a !⟨ ⟩b",
            "⟨ ⟩ice",
        ),
        *(
            "ice",
            "ice 2",
            "ice.",
        ),
    ),
    "exchange.other_markdown.lines._LETTER_BEHIND": anywhere(
        *(
            "c) ice⟨ (B)⟩",
            "c) ice⟨  [a] .⟩",
        ),
        *(
            "ice (I)",
            "ice(b)",
            "ice (b) water",
            "ice (bc)",
            "(b)",
            "ice (b",
        ),
    ).giving(
        {
            "c) ice (B)": {"letter": "B"},
        }
    ),
}
