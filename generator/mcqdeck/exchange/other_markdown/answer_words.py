"""What people call an answer, and how they write the letters of one: parts of patterns."""

from __future__ import annotations

import re

# The languages are those of which files were seen.
_BEFORE = (
    r"(?:correct|right|best|sample|model|suggested|possible|expected|richtige[rn]?|korrekte"
    r"|bonnes?|juiste|rätt|poprawna|prawidłowa|správná|doğru|правильн(?:ый|а)|верный)"
)
_BEHIND = (
    r"(?:[ \t]+(?:corr?ec?t[aeo]?s?|corrett[aei]|correcte?s|exactes?|cert[ao]s?"
    r"|(?:yang[ \t]+)?benar|đúng))"
)
_NAME = (
    r"(?:answers?|ans|options?|choices?|answer[ \t]+key|keys?|solutions?|lösung(?:en)?"
    r"|antwort(?:en)?|respuestas?|r[ée]ponses?|rispost[ae]|respostas?|gabarito|soluç(?:ão|ões)"
    r"|soluci(?:ón|ones)|soluzion[ei]|corrigé|antwoord(?:en)?|ответы?|答案"
    r"|(?:kunci[ \t]+)?jawaban|đáp[ \t]+án|odpowied(?:ź|zi)|odpově(?:ď|di)|svar|facit"
    r"|cevap(?:lar)?"
    r"|відповід[ьі]|正解|正答|解答|정답"
    r"|(?:alternativas?|opç(?:ão|ões)|opci(?:ón|ones)|opzion[ei])"
    r"(?=[ \t]+(?:corr?ec?t|corrett|cert)))"
)
ANSWER = rf"(?:{_BEFORE}?[ \t]*+{_NAME}{_BEHIND}?)"
"""What is called an answer: `Answer`, `correct answers`, `Alternativa correta`."""

_AND = r"(?:and|und|et|en|(?-i:[ye]))"
BETWEEN = rf"(?:[ \t]*+[,&/+][ \t]*+(?:{_AND}[ \t]++)?|[ \t]++{_AND}[ \t]++)"
"""What stands between two letters of an answer: `A, C`, `A and C`, `A, B, and C`."""

_SHOW = (
    r"(?:(?:click[ \t]++(?:here[ \t]++)?(?:to|for)[ \t]++)?(?:show|view|see|reveal|check|the)"
    r"|ver|mostrar|voir|afficher|vedi|mostra|toon|bekijk|lihat|xem)[ \t]++"
    r"(?:(?:the|all|las?|los|les?|as|os|le|de)[ \t]++)?"
)
ANSWER_TITLE = re.compile(
    rf"[\W_]*+(?:{_SHOW})?{ANSWER}(?:[ -]*+(?:key|sheet|list))?"
    r"(?:[ \t]*+\([^()\n]++\))?+[\W_]*+",
    re.IGNORECASE,
)
"""A line that says that an answer, or a list of them, follows: `**Answer key:**`."""

BARE = re.compile(r"(?:\*\*)?[A-Ha-h]?[.):]*(?:\*\*)?")
"""The text of an option that is nothing but its letter; what it says stands below it."""
