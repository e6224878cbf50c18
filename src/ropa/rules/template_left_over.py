"""A notice still holds a slot nobody filled in, or an instruction to whoever should have filled it in.

People are then told nothing where something was due, and see that nobody has read the notice before it
was published (Article 12(1)).

To mend it: fill it in, or delete it.

Fails:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    [Insert name of school] is the controller.        # <- found here

    We keep it for <number> years.                    # <- found here

    Write to XXXX, or telephone (delete as appropriate).    # <- found here

Passes:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    Sampleton School [the School] is the controller. See [our website](https://sampleton.example).

Passes, where a word in brackets or braces is no slot:

    kind: notice
    id: pupils
    audience: pupil
    text: pupils.md
    === pupils.md
    We keep it [see section 4] as Part XXX of the Act says.
"""

from collections.abc import Iterator

from ropa.case import Case
from ropa.findings import Problem, Severity
from ropa.rule import rule

_WORD = (
    r"(?:your\b|(?:please )?(?:insert|enter|add|complete|fill in|amend|delete|specify|describe|include|list|"
    r"state|explain|edit)\b"
    r"|(?:name|number|date|dates|role|job title|e-?mail(?: address)?|telephone(?: number)?|phone(?: number)?|"
    r"postal address|postcode|url|web ?site|dpo|contact details|contact name|period|retention period|"
    r"tbc|tbd|to be (?:confirmed|completed|added|inserted)|if (?:applicable|relevant)|where applicable|"
    r"school(?:'s)?|trust(?:'s)?|organi[sz]ation(?:'s)?|company(?:'s)?|council(?:'s)?|academy(?:'s)?|setting(?:'s)?|"
    r"local authority(?:'s)?|insert|x+|\.{2,}|…)"
    r"(?= ?(?:\]|>|name\b|of\b|and\b|or\b|here\b|/|address\b|e-?mail\b|number\b|months?\b|years?\b|logo\b|"
    r"date\b|to\b)))"
)
SLOT = (
    rf"\[ ?(?!e-?mail protected)(?:● ?)?{_WORD}[^\[\]]{{0,120}}\]"
    r"|\[ ?(?!see |at )(?:[\w'/&-]{1,30} ){1,4}(?:names?|number|street|city|town|postcode|address|date|e-?mail|"
    r"telephone|categories|period|url|logo|job title|officer|manager|secretary) ?\]"
    r"|\[ ?\w{0,4}x{3,12}\w{0,4} ?\]"
    r"|\[ ?(?:only )?for (?:all |maintained |independent |secondary |primary )*(?:schools?|academ(?:y|ies)|settings?|"
    r"institutions?|trusts?|colleges?|councils?|organi[sz]ations?|employers?)\b[^\[\]]{0,120}\]"
    r"|\[ ?(?-i:[A-Z])\w{1,20}(?:, \w{1,20}){0,4} and \w{1,20} (?:data|information|details) ?\]"
    r"|\b(?:replace|customi[sz]e|complete|fill in|amend|edit)\b[^.;\n]{0,60}(?:\[?square brackets\]?|"
    r"\bplaceholders?\b|\bhighlighted (?:text|sections?))"
    r"|\[ ?not ?\]|\byou (?:must|should) (?:provide|give) (?:the |your |all )?data subjects? with\b"
    r"|^suggested (?:wording|text) ?:?$"
    r"|\[ ?●[^\[\]]{0,120}\]|\{\{[^{}]{1,60}\}\}|\$\{[^{}]{1,60}\}"
    r"|(?-i:\bX{4,}\b)|(?-i:(?<!Part )(?<!Chapter )(?<!Title )(?<!Annex )(?<!Schedule )\bXXX\b)"
    r"|\blorem ipsum\b|(?-i:\b(?:TBC|TBD|TODO|FIXME)\b)"
    r"|(?<!will )(?<!and )(?<!we )(?<!to )(?<!then )\bdelete(?: or amend| where| if not| whichever is not| as| text)?"
    r" (?:as )?(?:appropriate|applicable|necessary|required)\b(?! (?:by|under|from))"
    r"|\b(?:insert|add|enter) (?:here|your (?:school|trust|organi[sz]ation|company|council|"
    r"setting)(?:'s)? name|(?:the )?name of (?:the |your )?(?:school|trust|organi[sz]ation|"
    r"company|council|setting|dpo)|(?:the )?(?:date|link|details|logo) here)\b"
    r"|\b(?:schools|settings|local authorities|organi[sz]ations|you) (?:should|must|will need to|may wish to)"
    r" (?:amend|adapt|edit|tailor|customi[sz]e|complete|localise) (?:this|the) (?:template|model|text|notice|section)\b"
    r"|\bthis (?:template|model (?:notice|text)|sample (?:notice|text)|section) (?:should|must|needs to) be"
    r" (?:amended|adapted|edited|tailored|customi[sz]ed|completed|deleted|removed)\b"
)
BRACKETED = (
    r"<(?!https?:|mailto:)(?:insert|enter|add|name of|your|school|trust|council|organi[sz]ation|company|academy|number|"
    r"date|dpo|contact|e-?mail address|telephone|phone|role|job title|period|xx+)\b[^<>@\n=]{0,60}>"
    r"|«[^«»\n]{1,40}»|<<[^<>\n]{1,60}>>"
)
"""What a reader of Markdown or HTML does not see as words, because it looks like mark-up or like quotation marks."""
SIGNS = (
    "[", "<", "{", "«", "xxx", "tbc", "tbd", "todo", "fixme", "lorem", "square bracket",
    "placeholder", "highlighted", "delete", "suggested", "data subject", "insert", "add ",
    "enter ", "amend", "adapt", "edit", "tailor", "customi", "complete", "locali",
    "removed",
)  # fmt: skip
"""One of these stands in every text that a slot or an instruction is in: the patterns take long to make ready."""


@rule(
    Severity.ERROR,
    since="0.1.0",
    law=("UK GDPR Article 12(1)", "UK GDPR Article 13", "UK GDPR Article 14"),
)
def check(case: Case) -> Iterator[Problem]:
    for wording in case.wordings:
        if not wording.bears(SIGNS):
            continue
        places = {wording.place(hit): hit.words for hit in wording.find(SLOT)}
        places |= dict.fromkeys(wording.written(BRACKETED), "")
        for number, (place, words) in enumerate(sorted(places.items()), 1):
            shown = words or case.line(place)[place.column - 1 : place.end_column - 1]
            yield Problem(
                place,
                f"“{wording.notice.name}” still holds “{shown}”, left over from a template",
                "fill it in, or delete it",
                where=f"notice/{wording.notice.id}",
                facet=f"slot-{number}",
            )
