"""What the patterns match that tell what is asked and answered."""

from tests.patterns.examples import anywhere, at_start, whole

EXAMPLES = {
    "exchange.other_markdown.answer_words.ANSWER_TITLE": whole(
        *(
            "⟨Answers⟩",
            "⟨**Answer key:**⟩",
            "⟨Answers (for teachers)⟩",
            "⟨## 🔑 The correct answers⟩",
            "⟨Show answer⟩",
            "⟨Answer sheet⟩",
            "⟨answer-list⟩",
            "⟨Lösungen⟩",
            "⟨Gabarito⟩",
            "⟨Respuestas correctas⟩",
            "⟨答案⟩",
            "⟨__Answers__⟩",
            "⟨CORRIGÉ:⟩",
        ),
        *(
            "Answers to chapter 1",
            "Answer: B",
            "The wrong answer",
            "No answers",
            "Answered",
            "Keyboard",
            "Alternativas",
            "",
        ),
    ),
    "exchange.other_markdown.answer_words.BARE": whole(
        *(
            "⟨A.⟩",
            "⟨b)⟩",
            "⟨**C.**⟩",
            "⟨⟩",
            "⟨d):⟩",
            "⟨:⟩",
            "⟨**⟩",
        ),
        *(
            "a. ice",
            "i.",
            "ab",
            "1.",
            "(a)",
            "é",
            "* a",
        ),
    ),
    "exchange.other_markdown.answers._MORE": anywhere(
        *(
            "A⟨, C⟩",
            "a⟨ and c⟩",
            "A⟨, B⟩⟨, and D⟩",
            "A⟨/C⟩",
            "a⟨+b⟩⟨ + c⟩",
            "1⟨ & (D)⟩",
            "A⟨ und C⟩",
            "A⟨ et B⟩",
            "A⟨ e C⟩",
            "A⟨ en D⟩",
            "A⟨ AND C⟩",
        ),
        *(
            "a,hash",
            "A or C",
            "A E C",
            "AC",
            "A; B",
            "A, 2",
            "A and",
            "and c",
        ),
    ).giving(
        {
            "A, C": {1: "C"},
        }
    ),
    "exchange.other_markdown.answers._ENTRY": anywhere(
        *(
            "⟨1. B⟩",
            "**⟨2** - c⟩",
            "⟨3) (D)⟩",
            "⟨q4: a⟩",
            "⟨Question #5 = b⟩",
            "⟨6|C⟩",
            "⟨7 D⟩",
            "⟨1b⟩, ⟨2c⟩",
            "⟨3a+b⟩ ⟨4d⟩",
            "⟨1-A⟩ ⟨2-C⟩ ⟨3-B⟩",
            "⟨8. A and C⟩",
            "⟨9. (A), (C)⟩ because both float",
            "⟨10. A, B, and D⟩.",
            "⟨11 – b⟩: it floats",
            "⟨2026: a⟩ year",
        ),
        *(
            "1.2",
            "1. Ice",
            "2. A's",
            "3 c is",
            "x1. a",
            "1.1. a",
            "12345. a",
            "1 to a",
            "1. (Ab)",
            "B. 1",
        ),
    ).giving(
        {
            "1. B": {"number": "1", "first": "B", "more": ""},
            "3a+b 4d": {"number": "3", "first": "a", "more": "+b"},
        }
    ),
    "exchange.other_markdown.answers._TEXT": at_start(
        *(
            "⟨1. Carbon dioxide⟩",
            "⟨  **Q2:** the moon⟩",
            r"⟨3\) ice⟩",
            "⟨question 4. 12 km⟩",
        ),
        *(
            "- 1. ice",
            "1.",
            "1 ice",
            "ice 1. a",
            "    1. ice",
            "1.ice",
        ),
    ).giving(
        {
            "1. Carbon dioxide": {"number": "1", "text": "Carbon dioxide"},
        }
    ),
    "exchange.other_markdown.answers._LETTERS": at_start(
        *(
            "⟨B⟩",
            "⟨(b)⟩",
            "⟨**c⟩**",
            "⟨A, C, and D⟩",
            "⟨a)⟩ ice",
            "⟨D⟩. because",
            "⟨B⟩—because",
            "⟨A & C⟩",
            "⟨A+C⟩",
            "⟨(A), (C)⟩",
            "⟨A⟩ hash",
            "⟨b/c⟩",
            "⟨B / b)⟩ ice",
        ),
        *(
            "Ice",
            "AB",
            "1",
            "é",
            "b'",
            "B!",
            "",
        ),
    ).giving(
        {
            "B": {"first": "B", "more": ""},
            "A, C, and D": {"first": "A", "more": ", C, and D"},
        }
    ),
    "exchange.other_markdown.answers._ARTICLE": at_start(
        *(
            "⟨a h⟩ash",
            "⟨A h⟩eap",
            "⟨I t⟩hink",
            "⟨a\ts⟩tack",
        ),
        *(
            "an apple",
            "A because",
            "a since",
            "A Paris",
            "A. ice",
            "i am",
            "Ah yes",
            "B ice",
            "A 2",
        ),
    ),
    "exchange.other_markdown.answers._REASON": at_start(
        *(
            "⟨B, because it floats⟩",
            "⟨b) since ice floats⟩",
            "⟨A**: weil Eis schwimmt⟩",
            "⟨A because it floats⟩",
            "⟨C  — because.⟩",
        ),
        *(
            "B, becauseof",
            "B, as it floats",
            "Ice, because",
            "B",
            "because",
            "B,because it",
        ),
    ).giving(
        {
            "B, because it floats": {"reason": "because it floats"},
        }
    ),
    "exchange.other_markdown.begins._ASKS": anywhere(
        *(
            "Which⟨?⟩",
            "**Which⟨?** ⟩",
            "“Is it⟨?” (choose two)⟩",
            "Is it⟨?) (a).⟩",
        ),
        *(
            "Which",
            "Which? Ice.",
            "Which? (a) b",
            "Which: ice",
            "(Which?) b",
            "Which？",
        ),
    ),
    "exchange.other_markdown.begins._INTRODUCES": anywhere(
        *(
            "Choose one of⟨:⟩",
            "**Which⟨?** (2)⟩",
            "Which⟨? ⟩",
            "Options⟨:_ _⟩",
        ),
        *(
            "Which? Ice.",
            "Ice",
            "a: b",
            "Which? (a) b",
            "? : !",
        ),
    ),
    "exchange.other_markdown.begins._DIGIT_FIRST": at_start(
        *(
            "⟨1⟩. ice",
            "⟨  **2⟩.** ice",
            "⟨(3⟩) ice",
            "⟨__ (4⟩",
            "⟨** 5⟩",
        ),
        *(
            "Q1. ice",
            "**Question 1**",
            "*1*",
            "ice 1",
            "- 1",
            "",
        ),
    ).giving(
        {
            "1. ice": {},
            "  **2.** ice": {"bold": "**"},
        }
    ),
    "exchange.other_markdown.begins._TITLE": at_start(
        *(
            "⟨**Physics**⟩",
            "⟨  __Part of a whole__: ⟩",
            "⟨Part⟩ 2",
            "⟨teil⟩",
            "⟨Parte⟩ I",
            "⟨partie⟩ 3: les vagues",
        ),
        *(
            "**Physics** and more",
            "Physics",
            "**Phy*sics**",
            "Parts 2",
            "A part",
            "****",
            "- **Physics**",
        ),
    ),
    "exchange.other_markdown.questions._OFFER": anywhere(
        *(
            "Which?⟨\n\n**Options:**⟩",
            "Which?⟨\nAnswer choices:\n⟩",
            "Cuál?⟨\n\nOpciones:⟩",
            "Was?⟨\n_Optionen:_ ⟩",
            "O quê?⟨\nopções:⟩",
            "Quale?⟨\nopzioni:⟩",
        ),
        *(
            "Options:",
            "Which?\nOptions: a",
            "Which?\nMy options:",
            "Which options:",
            "Which?\nOption:",
            "Which?\nOptions",
        ),
    ),
    "exchange.other_markdown.questions._BOLD_STEM": anywhere(
        *("⟨**Which?**⟩",),
        *(
            "**Which** one?",
            "**Which** or **what?**",
            "**Which?\nWhat?**",
            "*Which?*",
            "Which?",
            "****",
            " **Which?**",
        ),
    ).giving(
        {
            "**Which?**": {1: "Which?"},
        }
    ),
    "exchange.other_markdown.questions._QUOTE": at_start(
        *(
            "⟨> ⟩ice",
            "⟨>⟩ice",
            "⟨   > ⟩ ice",
            "⟨>⟩",
        ),
        *(
            "ice",
            "ice > b",
            "- > ice",
            "",
        ),
    ),
    "exchange.other_markdown.questions._ESCAPED": anywhere(
        *(
            "⟨1\\.⟩ ice\n⟨  2\\)⟩ ice",
            "⟨\t12\\.⟩ ice",
        ),
        *(
            "1. ice",
            r"a 1\. ice",
            r"1234\. ice",
            r"1\: ice",
            r"\1. ice",
        ),
    ).giving(
        {
            "1\\. ice\n  2\\) ice": {1: "1", 2: "."},
        }
    ),
    "exchange.other_markdown.questions._NUMBERS": whole(
        *("⟨1, 3⟩", "⟨1 and 2⟩", "⟨(1) & (12)⟩", "⟨1/2/3.⟩"),
        *("1", "1 2", "1, a", "1,5 or 2", "123, 4", "1. 2", "", "a, b"),
    ),
    "exchange.other_markdown.questions._NUMBERED": at_start(
        *(
            "⟨2⟩",
            "⟨(2⟩",
            "⟨3.⟩",
            "⟨  4 . ⟩",
            "⟨2) b⟩ecause",
            "⟨(12) i⟩ce",
            r"⟨3\. i⟩ce",
        ),
        *(
            "2 ice",
            "123",
            "2)ice",
            "2.5 km",
            "b",
            "2)",
            "ice 2",
            "",
        ),
    ).giving(
        {
            "2": {1: "2"},
        }
    ),
    "exchange.other_markdown.questions._MARKER": at_start(
        *(
            "⟨- ⟩[a](b)",
            "⟨* ⟩a",
            "⟨+\t⟩a",
            "⟨12. ⟩a",
            "⟨3)  ⟩a",
            "⟨- ⟩",
        ),
        *(
            "-a",
            "1.a",
            "a - b",
            "• a",
            "–  a",
            "",
        ),
    ),
}
