"""What the patterns of what rules share match."""

from tests.patterns.examples import anywhere, at_start, whole

ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "last", "next"),
    *("1st", "2nd", "3rd", "4th", "5th", "top", "bottom"),
)

OF_NAME = ("x", "1", "_", "+", "#", "*", "&", "'x", "’x", "'sx", "-x", "-I", "-Cx", ".x")
"""What makes a letter part of the name of something else."""

NOT_OF_NAME = ("'s", "’s", "-C", "-A", ". x", ",", "; x", "/")

EXAMPLES = {
    "rules.analysis.content._ARTICLE": anywhere(
        "⟨the ⟩left", "⟨a ⟩cat", "⟨an ⟩egg", "a", "the ", "then x", "of the left"
    ),
    "rules.analysis.content._ES": anywhere(
        "box⟨es⟩", "dish⟨es⟩", "church⟨es⟩", "glass⟨es⟩", "buzz⟨es⟩", "shoes", "es"
    ),
    "rules.analysis.content._HYPHEN": anywhere(
        "well⟨-⟩frozen é⟨-⟩à", "5-3 x-3 3-x a--b a -b a_-b a-_b -a a-"
    ),
    "rules.analysis.explanations._WORD_OF_ANY_SCRIPT": anywhere(
        "⟨isn't⟩ ⟨it’s⟩ ⟨well-known⟩ ⟨1,5⟩ ⟨1.5.0⟩ ⟨C4⟩_⟨x⟩ ⟨snake⟩",
        "⟨นี⟩⟨้⟩ ⟨ສະ⟩ ⟨မြ⟩ ⟨ខ្⟩ ⟨ひら⟩⟨がカ⟩⟨タカ⟩⟨ナ⟩ ⟨漢字⟩⟨語⟩ ⟨한국어⟩",
        *(f"⟨x⟩⟨{letter}⟩⟨x⟩" for letter in "กກကកが漢語"),
        "⟨a⟩-_⟨b⟩ ⟨c⟩. ⟨d⟩",
        "— … ' _",
    ),
    "rules.analysis.explanations._NUMBER": anywhere("⟨7⟩ ⟨1,500.25⟩ ⟨10⟩. ⟨3⟩, x", "x, . ,"),
    "rules.analysis.explanations._NAME_IN_CAPITALS": anywhere(
        "⟨UN⟩ ⟨PCs⟩ ⟨H2O⟩ ⟨Z9s⟩ ⟨AZ⟩", "Un xUN U UNa 2H A A0_ aA"
    ),
    "rules.analysis.joined_parts._JOINT": anywhere(
        "red⟨ ; ⟩round⟨, ⟩hot⟨,  and  ⟩dry⟨  and  ⟩old⟨ but ⟩new⟨ AND ⟩x⟨;⟩y",
        "hot⟨, ⟩andesite",
        "1,500 sand butter andy debut",
    ),
    "rules.analysis.passages._LINK_TEXT_BEFORE": anywhere(
        "See ⟨[the tree⟩",
        "([b] ⟨[**the** tree⟩",
        "⟨[12 the 12⟩",
        "⟨[ab⟩",
        "m[row",
        "![the tree",
        r"\[the tree",
        "[a][the tree",
        "(a)[the tree",
        "[0",
        "[a_1b2c",
        "[the tree]",
        "[the[ab",
        r"[the \tree",
        r"[\the tree",
        "[1]the tree",
    ),
    "rules.analysis.passages._LABELLED_LINE": anywhere(
        "⟨12. ⟩item\n⟨(2) ⟩item\n⟨\ta) ⟩item\n⟨(Z) ⟩item\n⟨z. ⟩item\n⟨A. ⟩item\n⟨IV. ⟩item",
        "⟨(xiii) ⟩item\n⟨viii.\t⟩item\n⟨b)⟩",
        "⟨VXIX. ⟩item\n⟨xvix. ⟩item",
        "a - b\n-b\n1.b\nab. c\n1 b\n| a |\nIViiX. c\nVVVVV) c\n. b\n(. b",
    ),
    "rules.analysis.passages._EMPHASIS_TAG": at_start(
        "⟨<b>⟩", "⟨</STRONG >⟩", "⟨<em>⟩ <i>", "<b class=x>"
    ),
    "rules.analysis.passages._LINK_LABEL": anywhere(
        "[text⟨][label]⟩ [text⟨][]⟩", "[a] [b] ][a[b] ][a\nb]"
    ),
    "rules.analysis.passages._CODE_TAG": anywhere("⟨<pre⟩> ⟨<CODE⟩ class=x>", "<prefix> <codec>"),
    "rules.analysis.passages._DOUBLED_SPACES": anywhere(
        "one⟨  ⟩word,⟨    ⟩two", "one word  \n  two\n   "
    ),
    "rules.analysis.negation._NEGATIVE": anywhere(
        "⟨not⟩ ⟨Never⟩ ⟨cannot⟩ ⟨EXCEPT⟩ ⟨least⟩ ⟨all  but⟩ is⟨n't⟩ do⟨n’t⟩",
        "nothing knot whenever exceptional allbut all butter n'tx n t",
    ),
    "rules.analysis.negation._QUOTED": anywhere(
        "say ⟨\"not now\"⟩ and ⟨“not now”⟩ and ⟨'not now'⟩ and ⟨‘not now’⟩ ⟨\"\"⟩⟨“”⟩ ⟨''⟩ ⟨‘’⟩",
        "a “b ⟨“c”⟩ d ‘e ⟨‘f’⟩",
        "⟨“a”⟩” ⟨‘a’⟩’",
        "don't say don't, x‘a’ ‘a’x 'a'x x'a'",
        '"a\nb"',
        "“a\nb”",
        "'a\nb'",
        "‘a\nb’",
    ),
    "rules.analysis.lengths._UNSPACED": anywhere("a⟨漢⟩⟨か⟩⟨カ⟩⟨ไ⟩", "한글 abc é。"),
    "rules.analysis.option_names._LETTER_AFTER_NOUN": anywhere(
        "⟨Option A⟩, ⟨options H⟩, ⟨answer B⟩, ⟨ANSWERS B⟩, ⟨choice B⟩, ⟨choices B⟩, ⟨distractor B⟩",
        "⟨distractors B⟩, ⟨alternative B⟩, ⟨alternatives B⟩, ⟨response B⟩, ⟨responses  B⟩",
        "⟨answer  choice B⟩, ⟨option choices B⟩",
        '⟨option "b"⟩, ⟨option “b”⟩, ⟨option ‘b’⟩, ⟨option (h)⟩, ⟨option [A]⟩, ⟨option (a)⟩',
        "⟨option 'B'⟩, ⟨option b⟩, ⟨option h⟩",
        "⟨Options A, B/C & D and E  or  (f)⟩, ⟨options A, and B⟩, ⟨options A  / B⟩",
        "⟨options A or(B)⟩",
        "⟨options A and (H)⟩, ⟨options A  and B⟩",
        "⟨Options A⟩ and I, ⟨options A⟩, I, ⟨options A⟩ B, ⟨options A⟩, b, ⟨options A⟩ and (i)",
        *(f"⟨option B⟩{tail}" for tail in NOT_OF_NAME),
        *(f"⟨option b⟩{tail}" for tail in NOT_OF_NAME),
        *(f"⟨options A and B⟩{tail}" for tail in NOT_OF_NAME),
        *(f"option B{tail}" for tail in OF_NAME),
        *(f"option b{tail}" for tail in OF_NAME),
        *(f"⟨options A⟩ and B{tail}" for tail in OF_NAME),
        "option a, option i, option I, option (i), adoption B, re-option B",
        "option, B, optional B, option-B, option ‘B, option {B}",
    ),
    "rules.analysis.option_names._LETTER_AS_ANSWER": anywhere(
        "⟨The  correct  answer  is  A⟩. ⟨the right option is H⟩! ⟨best choice is B⟩?",
        "⟨response is B⟩;",
        "⟨Answers are B⟩: ⟨the options was B⟩) ⟨choices is B⟩— ⟨responses is B⟩– ⟨Answer  : D⟩,",
        "⟨ANSWER= D⟩, ⟨the option: H⟩",
        '⟨The answer is "b"⟩. ⟨the answer is “b”⟩. ⟨the answer is ‘b’⟩.',
        "⟨the answer is 'B'⟩. ⟨The answer is (a)⟩. ⟨the answer is [H]⟩. ⟨The answer is (h)⟩.",
        "⟨The answer is (A)⟩  . ⟨The answer is A⟩  because, ⟨The answer is A⟩ since",
        "⟨The answer is A⟩ as, ⟨The answer is A⟩ for",
        "⟨The answer is A⟩",
        *(f"The answer is A{tail}" for tail in ("-C", "'s", *OF_NAME)),
        *("The answer is A dog", "The answer is a", "The answer is I", "The answer is b"),
        *("The answer is A.5", "The answer is A,5", "The answer is A forum", "The answer is A_."),
        *("An xanswer is A", "A re-answer is A", "The answer be A", "The answer A", "answer:A"),
        *("The answers. A", "The answer is ‘A", "The answer is {A}"),
    ),
    "rules.analysis.option_names._NUMBER_AFTER_NOUN": anywhere(
        "⟨Option 1⟩. ⟨options 9⟩, ⟨answer 2⟩; ⟨Answers two⟩: ⟨choice three⟩) ⟨choices four⟩!",
        "⟨distractor 2⟩?",
        "⟨distractors  five⟩— ⟨alternative six⟩– ⟨alternatives 2⟩  ; ⟨response 2⟩. ⟨responses 2⟩.",
        "⟨option no. 2⟩. ⟨option no 2⟩. ⟨option no.  2⟩. ⟨option no2⟩. ⟨option number  2⟩.",
        "⟨option #2⟩.",
        *(
            f"⟨option 2⟩  {word}"
            for word in (
                *("because", "since", "as", "for", "describe", "describes", "refer", "refers"),
                *("confuse", "confuses", "name", "names", "define", "defines", "list", "lists"),
                *("omit", "omits", "ignore", "ignores", "mixes", "state", "states", "says"),
                *("mention", "mentions", "repeat", "repeats", "contradict", "contradicts"),
                *("reverse", "reverses", "swap", "swaps", "applies", "belong", "belongs", "is"),
                *("are", "was", "were", "would", "will", "does", "did", "has", "have", "can"),
                *("cannot", "could", "may", "might", "must", "should", "isn't", "doesn't", "and"),
                *("or", "but", "only", "alone", "above", "below", "IS"),
            )
        ),
        "⟨option 2⟩",
        "option 2 points, option 3%, option 2.5, option 2,5, option 0, option 12, option seven.",
        "adoption 2. re-option 2. option-2. options. 2. option 2 isx. option 2 sayso. option 2th.",
        "option 2 format, option 2nd, option n2. option #. option 2isx",
    ),
    "rules.analysis.option_names._LETTER_ALONE": anywhere(
        "⟨A⟩ is wrong",
        "So\n⟨H⟩  is  right. ⟨(A)⟩ is true! ⟨(h)⟩ is false? ⟨B⟩ is tempting: ⟨B⟩ is plausible",
        "So; ⟨B⟩ is incorrect. ⟨B⟩ is correct",
        "⟨A⟩ are wrong. ⟨A⟩ was wrong. ⟨A⟩ were wrong. ⟨A⟩ would be wrong. ⟨A⟩ could be wrong",
        "⟨A⟩ may be wrong. ⟨A⟩ might be wrong. ⟨A⟩ seems wrong. ⟨A⟩ seem wrong. ⟨A⟩ look wrong",
        "⟨A⟩ looks wrong. ⟨A⟩ sounds wrong. ⟨A⟩ sound wrong. ⟨A⟩ being wrong",
        "⟨A⟩ is  not  quite  WRONG",
        "⟨A, B / C & D and E  or  (f)⟩ are wrong. ⟨A and(H)⟩ are wrong. ⟨A, or B⟩ are wrong",
        "⟨A  , B⟩ are wrong. ⟨A  and (A)⟩ are wrong. ⟨A and (a), H⟩ are wrong",
        "So ⟨(C)⟩ is  not  correct, ⟨(a)⟩ is incorrect, ⟨(H)⟩ is wrong, ⟨(h)⟩ are right",
        "So ⟨(B)⟩ was right",
        "So ⟨(C)⟩ were right, ⟨(C)⟩ would be right, ⟨(C)⟩ could be right, ⟨(C)⟩ may be right",
        "So ⟨(C)⟩ might be right, ⟨(C)⟩ seems right, ⟨(C)⟩ seem right, ⟨(C)⟩ looks right",
        "So ⟨(C)⟩ look right, ⟨(C)⟩ sounds right, ⟨(C)⟩ sound right, ⟨(A)⟩  being right",
        *("A is a letter", "I is wrong", "a is wrong", "So B is wrong", "f(A) is wrong"),
        *("So (i) is wrong", "So (A) is true", "A is not really quite wrong", "(I) is wrong"),
        *("A is wrongly", "So (C) is not at all right", "So (C) is rightly", "A, I are wrong"),
        *("A and b are wrong", "A B is wrong", "A and (i) are wrong", "So (C) is WRONG"),
        *("x.A is wrong", "A and B's are wrong", "A and B-C are wrong", "A-B is wrong"),
        *(f"A and B{tail} are wrong" for tail in OF_NAME),
        "⟨(A), C⟩ are wrong",
    ),
    "rules.analysis.option_names._PLACE": anywhere(
        *(f"⟨the {ordinal} answer⟩ is" for ordinal in ORDINALS if ordinal != "next"),
        *(f"⟨the {ordinal} distractor⟩ is" for ordinal in ORDINALS),
        *(f"⟨the next and {ordinal} distractor⟩ is" for ordinal in ORDINALS),
        *(f"in ⟨the {ordinal} option⟩" for ordinal in ORDINALS),
        *(f"in ⟨the next and {ordinal} option⟩" for ordinal in ORDINALS),
        "⟨The  second  and  the  third  answers⟩, ⟨the first or last two  distractors⟩",
        "⟨the last  three answer  choices⟩, ⟨the last answer choice⟩, ⟨the last answer options⟩",
        "⟨the last answer option⟩ is, bathe last answer, the lasting answer, the last answered",
        *(
            f"the first answer  {word} it"
            for word in (
                *("to", "of", "from", "by", "that", "which", "he", "she", "they", "you", "we"),
                *("i", "the", "a"),
            )
        ),
        "⟨the first answer⟩ offers, the next answer, ⟨the next answer choice⟩, ⟨the next answers⟩",
        *(
            f"⟨the last option⟩  {word} wrong"
            for word in (
                *("is", "are", "was", "were", "would be", "could be", "may be", "might be", "seem"),
                *("seems", "look", "looks", "sound", "sounds", "being"),
            )
        ),
        *(
            f"⟨the last option⟩ is  {word}"
            for word in (
                *("correct", "incorrect", "wrong", "right", "true", "false", "tempting"),
                *("plausible", "not  quite  right"),
            )
        ),
        *(
            f"⟨the last choice⟩ {word}"
            for word in (
                *("describe", "describes", "refer", "refers", "confuse", "confuses", "name"),
                *("names", "define", "defines", "list", "lists", "omit", "omits", "ignore"),
                *("ignores", "mixes", "state", "states", "says", "mention", "mentions", "repeat"),
                *("repeats", "contradict", "contradicts", "reverse", "reverses", "swap"),
                *("swaps", "applies", "belong", "belongs"),
            )
        ),
        "⟨the last options⟩ says, ⟨the last response⟩ says, ⟨the last responses⟩ says",
        "⟨the last choices⟩ says, ⟨the last alternative⟩ says, ⟨the last alternatives⟩ says",
        "the last option is to wait, the last option sayso, the last optional says",
        "the last option is not at all right, the last option is rightly, the last option",
        "In ⟨the  last  and  the  next  two  option⟩, in ⟨the last or next three options⟩",
        "In ⟨the last choice⟩, see ⟨the last choices⟩, unlike ⟨the last alternative⟩",
        "like ⟨the last alternatives⟩, dislike ⟨the last option⟩, within the last option",
        "oversee the last option, in the last optional, in the last response, on the last option",
        "⟨The  option  above⟩, ⟨the answer below⟩, ⟨the choice above⟩, ⟨the distractor above⟩",
        "⟨the response above⟩, ⟨the alternative above⟩, bathe option above, the option aboveground",
        "⟨The  previous  option⟩, ⟨the preceding answers⟩ state, in ⟨the previous answer⟩ too",
        "⟨the above choice⟩, of the previous option, the previous answer",
        "in the previous answer to",
        "⟨the above distractors⟩, ⟨the above alternative⟩, bathe above option, the above optional",
    ),
    "rules.analysis.option_names._NAME_MAY_FOLLOW": at_start(
        "⟨ a⟩",
        "⟨s h⟩",
        "⟨  b⟩",
        "⟨  choice b⟩",
        "⟨ choices b⟩",
        "⟨  is b⟩",
        "⟨ are b⟩",
        "⟨ was b⟩",
        "⟨: b⟩",
        "⟨  = b⟩",
        '⟨ "b⟩',
        "⟨ 'b⟩",
        "⟨ “b⟩",
        "⟨ ‘b⟩",
        "⟨ (b⟩",
        "⟨ [b⟩",
        "⟨ #2⟩",
        "⟨ no⟩ 2",
        "⟨ number⟩ 2",
        "⟨ two⟩",
        "⟨ three⟩",
        "⟨ four⟩",
        "⟨ five⟩",
        "⟨ six⟩",
        "⟨ above⟩",
        "⟨ below⟩",
        " bc",
        " i",
        " 0",
        " not",
        "b",
        "-b",
        ", b",
        " and b",
    ),
    "rules.analysis.option_names._LETTER_MAY_BE_ALONE": anywhere(
        "⟨A  is⟩ ⟨H) are⟩ ⟨B was⟩ ⟨B were⟩ ⟨B would⟩ ⟨B could⟩ ⟨B may⟩ ⟨B might⟩",
        "⟨B seem⟩ ⟨B look⟩ ⟨B sound⟩ ⟨B being⟩ ⟨B and⟩ ⟨B or⟩ ⟨B,⟩ ⟨B  /⟩ ⟨B &⟩ ⟨B),⟩",
        "a is, I is, B island, B. is, Bis, B then, B; B (is",
    ),
    "rules.analysis.option_names._LETTER_IN_BRACKETS": anywhere(
        "⟨(A)⟩ ⟨(h)⟩ ⟨(H)⟩⟨(a)⟩", "(i) A) (A (1) (AB)"
    ),
    "rules.analysis.quantities._NUMBER": anywhere(
        "⟨7⟩, ⟨-7⟩ ⟨+7⟩ ⟨−1,500,000.25⟩ ⟨.5⟩ ⟨2/3⟩ ⟨2.5/10.25⟩ ⟨3 hundred⟩ ⟨3  thousand⟩",
        "⟨123,456⟩ ⟨10⟩.x ⟨3 million⟩ ⟨3 billion⟩ ⟨3 TRILLION⟩ ⟨3⟩ millions ⟨3⟩%",
        "⟨123456789012345.123456789012345⟩ ⟨1/123456789.123456789⟩ ⟨.123456789012345⟩",
        "10:30 H2O x.5 1.2.3 1,2 1/2/3 2^3 C++98 a,1 :5 /5 ^5 1/",
        "1234567890123456 .1234567890123456 1/1234567890 1.1234567890123456 1/1.1234567890",
        "1234,567 1,23 1,2345 ,123",
    ),
    "rules.analysis.quantities._DIGIT": anywhere("x⟨1⟩⟨0⟩", "one ½"),
    "rules.analysis.quantities._POINT_OR_COMMA": anywhere("⟨1,5⟩ ⟨2.5⟩", "1, 5 x.5 1. a"),
    "rules.analysis.quantities._RANGE_JOINT": whole(
        "⟨-⟩",
        "⟨  –  ⟩",
        "⟨ — $⟩",
        "⟨−⟩",
        "⟨ to  €  ⟩",
        "⟨ through £ ⟩",
        "⟨ AND ⟩",
        "⟨to⟩",
        " or ",
        " to the ",
        "andy",
        "today",
        "throughout",
        "",
    ),
    "rules.analysis.quantities._BETWEEN": anywhere(
        "⟨between  ⟩",
        "It is ⟨BETWEEN  $  ⟩",
        "⟨between€⟩",
        "⟨between £⟩",
        "inbetween ",
        "between the",
    ),
    "rules.analysis.quantities._LATEX_FRACTION": anywhere(
        r"⟨\frac{1}{20}⟩ ⟨\dfrac {1} {2}⟩ ⟨\tfrac  {10}  {2}⟩",
        r"frac{1}{2} \frac{a}{2} \frac{1}2 \xfrac{1}{2} \frac{}{2} \frac{1}{}",
    ),
    "rules.analysis.quantities._QUALIFIER_BEFORE": anywhere(
        *(
            f"It is ⟨{words} ⟩"
            for words in (
                *("less than", "fewer than", "under", "below", "up to", "at most"),
                *("no more than", "<", "<=", "≤", "≤=", "more than", "greater than", "over"),
                *("above", "at least", "no less than", ">", ">=", "≥", "≥=", "about", "around"),
                *("approximately", "roughly", "exactly", "only", "between", "from", "~", "≈"),
            )
        ),
        "⟨ABOUT  $  ⟩",
        "⟨about€⟩",
        "⟨about£ ⟩",
        "about the ",
        "beside ",
    ),
    "rules.analysis.quantities._QUALIFIER_AFTER": at_start(
        "⟨+⟩",
        "⟨  +⟩ km",
        *(
            f"⟨ or  {word}⟩ km"
            for word in (
                *("more", "above", "over", "greater", "higher", "older", "longer", "later"),
                *("less", "fewer", "below", "under", "lower", "younger", "shorter", "earlier"),
            )
        ),
        "⟨ AND more⟩",
        "⟨ and below⟩",
        "⟨or more⟩",
        "+1",
        " or moreover",
        " or so",
        " km or more",
    ),
    "rules.analysis.quantities._NOT_IN_FRAME": anywhere(
        "hour⟨s⟩⟨ ⟩km⟨/⟩h⟨.⟩second⟨S⟩", "a⟨s⟩⟨,⟩", "sec_5%$€£°#"
    ),
    "rules.analysis.words.WORD": anywhere(
        "⟨don't⟩ ⟨learner’s⟩ ⟨rock'n'roll⟩ ⟨é⟩1⟨x⟩_⟨y⟩ '⟨a⟩' ⟨b⟩'1 ⟨c⟩'_", "1 _ ' —"
    ),
    "rules.analysis.words.SENTENCE": anywhere(
        "⟨It is 1.5 m.⟩⟨ Why?!⟩⟨ Use a.b or x!y.⟩⟨\nSo it\ngoes⟩\n⟨\nNew⟩",
        "⟨a⟩\n⟨ \t\nb⟩",
        "⟨...⟩",
        "⟨It is it!⟩⟨ Why⟩",
        "",
        "?⟨ !?⟩",
    ),
}
