"""The vocabulary of the benchmark's bank: parts of sentences that fit together in any choice."""

from __future__ import annotations


def _parts(text: str) -> tuple[str, ...]:
    """The parts of a text that stand on lines of their own or between bars."""
    return tuple(part.strip() for line in text.splitlines() for part in line.split("|"))


PEOPLE = _parts(
    """woman|man|client|veteran|nurse|student|father|mother|teacher|electrician|carpenter|cook
    driver|farm worker|retired clerk|dental hygienist|musician|social worker|warehouse worker
    paramedic|translator|bookkeeper|line cook|roofer|welder|librarian|pharmacist|gardener
    apprentice|caregiver|sales agent|security guard|bus driver|receptionist|fisherman|student nurse
    mechanic|bartender|plumber|web designer"""
)
STAFF = _parts(
    """The counselor|The intake worker|Her counselor|His counselor|The case manager|A supervisor
    The team|The agency|The new colleague|The program director|A peer specialist|The nurse
    An experienced counselor|The treatment team|The probation officer|The consultant
    The family therapist|The clinic"""
)
SITUATIONS = _parts(
    """has been drinking again since a move to another town|reports nightmares after an assault
    was referred by a court for a second offense|missed two sessions without a call
    asks whether the records could reach an employer|has completed detoxification twice this year
    says that nobody at home knows about the treatment|takes methadone and has started a new job
    denies any use although the screen was positive|cries when the intake form mentions children
    wants to leave the program before the weekend|speaks little English and brings a daughter along
    has insulin-dependent diabetes and lives alone|is proud of six weeks without a drink
    arrives late and smells of alcohol|describes a plan to harm himself with stored medication
    was turned away by another agency for lack of insurance|is pregnant and uses heroin daily
    worries that the group will judge a relapse|has not slept for three nights and feels watched
    learned last week that the liver test was abnormal|agrees to everything and changes nothing
    brings a friend who answers most of the questions|lost housing after an argument with a brother
    stopped taking prescribed medication because of side effects|is due for discharge on Friday
    asks for a letter that confirms attendance|has been sober for a year and feels empty
    calls at night and speaks of giving up|mentions a gun in passing
    wants a warm handoff but dreads facing strangers|keeps a careful diary of every craving
    says the goals in the plan are not really his own|refuses to sign any release of information"""
)
ACTIONS = _parts(
    """ask about|write down|review|explain|record|discuss|postpone|repeat|confirm|describe|check
    arrange|offer|refuse|report|summarize|document|compare|clarify|support|negotiate|decline
    rehearse|schedule|share|protect|interpret|recommend|update|monitor|challenge|question|adapt
    prepare|present|request|accept|assess|address|question again|hand over|set aside|bring up
    put in order|work through|follow up on|look into|agree on"""
)
ADJECTIVES = _parts(
    """written|recent|earlier|personal|medical|legal|urgent|realistic|measurable|confidential
    cultural|financial|specific|shared|conflicting|immediate|incomplete|unusual|structured|informal
    possible|practical|current|reported|hidden|agreed|important|separate|clinical|short-term
    long-range|detailed|missing|standard|psychiatric|social|ambivalent|repeated|provisional|open"""
)
THINGS = _parts(
    """the consent form|the treatment plan|the screening result|the discharge summary|the goals
    the family history|the referral letter|the group rules|the risk of relapse|the house policy
    the assessment interview|the withdrawal symptoms|the next appointment|the progress notes
    the admission criteria|the emergency contact|the medication list|the grievance procedure
    the stages of change|the cravings|the housing application|the diagnosis|the court order
    the aftercare plan|the reasons for use|the lapse|the safety plan|the release of information
    the insurance coverage|the strengths|the level of care|the program schedule|the consultation
    the laboratory report|the crisis hotline|the support network|the peer group|the service gaps
    the treatment contract|the presenting problem|the physical examination|the waiting list
    the attendance record|the orientation handbook|the outcome measure|the therapist's hypothesis
    the client's rights|the limits of confidentiality"""
)
CIRCUMSTANCES = _parts(
    """before the next session|in plain language|with the client's consent|in the chart
    during the first interview|without naming the client|with a supervisor|at the end of the week
    as soon as the crisis is over|in the presence of the family|by telephone|in the group
    even if the program is full|after the medical examination|when trust has grown
    within the limits of the law|at the client's own pace|in writing|together with the client
    according to house policy|for the record only|once detoxification is complete|step by step
    through an interpreter|with open questions|on the same day|at discharge|behind closed doors
    by the second visit|in order of urgency|with the referring agency|in behavioral terms
    while the waiting list is long|as the regulation asks|and then wait|instead of arguing"""
)
TURNS = _parts(
    """but leaves out|which does not replace|yet cannot settle|and so puts off|without touching
    though it ignores|and comes too early for|but says nothing about|at the expense of
    and confuses it with|rather than|and takes the place of"""
)
JUDGEMENTS = _parts(
    """Sounds caring|Well meant|Correct in general|True of most programs|Good manners|Tempting
    A common belief|Useful later|Right in an emergency|Possible in theory|Convenient for the agency
    The familiar routine|Meant for another situation|Saves time|Reassures the family
    Follows the letter of the rule"""
)
QUESTIONS = _parts(
    """What should the counselor do first?|Which next step fits the situation best?
    What does the rule require in this ordinary case?|Which goal is stated as behavior?
    How should the counselor reply?|Which entry belongs in the chart?|What is still missing?
    Which of these would protect the client best?|What does this most likely show?
    Which service should be arranged?|What would a supervisor recommend?|Why is this step taken?"""
)
TOPICS = (
    *("screening", "intake", "orientation", "assessment", "treatment-planning", "counseling"),
    *("case-management", "crisis-intervention", "client-education", "referral"),
    *("reports-and-record-keeping", "consultation"),
)
SOURCES = _parts(
    """TAP 21, {} dimension|TIP 57 (2014)|TIP 59 (2014)|TIP 35 (2019)|42 CFR 2.31 and 2.33
    Herdman, *Global Criteria* ({})|TIP 42 (2020), chapter {}|NAADAC code of ethics, principle {}
    [DSM-5-TR](https://example.org/dsm), {}"""
)
CODE = {
    "python": """def {name}(answers):
    # Counts what was marked as {word}.
    total = sum(answers.get(key, 0) for key in ("{first}", "{second}"))
    return total if total < {number} else None
""",
    "sql": """SELECT client_id, COUNT(*) AS {name}
FROM sessions
WHERE reason = '{word}' AND minutes >= {number}
GROUP BY client_id;
""",
    "json": """{{
  "{name}": {number},
  "reason": "{word}",
  "scores": ["{first}", "{second}"]
}}
""",
    "bash": """for file in {name}/*.csv; do
  grep -c "{word}" "$file" | head -n {number}
done
""",
}
FORMULAS = (
    r"\frac{{{0}}}{{{1}}} \cdot x_{2}",
    r"P(A \mid B) = 0.{0}",
    r"\sqrt{{{0}^2 + {1}^2}} < {2}",
    r"\sum_{{i=1}}^{{{0}}} a_i = {1}",
    r"{0} \le x \le {0}{1}",
    r"e^{{-{0}t}}",
)
