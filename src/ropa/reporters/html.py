"""The page to review before a notice is published: the notice beside the flows, in one file that needs no other."""

from ropa.changes.forecast import sources
from ropa.diagram.drawing import GLYPHS
from ropa.page.details import details
from ropa.page.pictures import Pictures, listed
from ropa.page.review import MARKS, Review
from ropa.page.templates import fill
from ropa.register.vocabulary import Facet
from ropa.report import Report, remarks
from ropa.saying import phrases

_HEADINGS = {
    Facet.SUBJECT: "People",
    Facet.DATA: "Personal data",
    Facet.PURPOSE: "Purposes",
    Facet.RECIPIENT: "Sources and recipients",
    Facet.COUNTRY: "Countries",
}

_SPOKEN = {
    "told": "flows it tells:",
    "promise": "a promise:",
    "idle": "tells",
    "spare": "",
    "item": "",
}


def render(report: Report) -> str:
    review = Review(report)
    settings = report.case.settings
    return fill(
        "page.html",
        styles=("page.css", "diagram.css"),
        scripts=("page.js", "diagram.js"),
        review=review,
        details=details(review),
        pictures=Pictures(report),
        glyphs=GLYPHS,
        listed=listed,
        marks=MARKS,
        day=phrases.day(settings.day),
        baseline=report.case.acceptance.baseline.file is not None,
        flows=report.case.coverage.by_id,
        headings=_HEADINGS,
        spoken=_SPOKEN,
        judged=_judged(report),
        ahead=tuple(
            (phrases.day(d.day), d, [(c.words, sources(c)) for c in d.changes])
            for d in report.ahead
        ),
        views=_views(review),
    )


def _views(review: Review) -> tuple[tuple[str, str, int], ...]:
    return (
        ("summary", "Summary", 0),
        ("flows", "Notices and flows", 0),
        ("diagram", "Diagram", 0),
        ("register", "Register", 0),
        ("findings", "Findings", len(review.report.standing)),
        ("glossary", "Glossary", 0),
    )


def _judged(report: Report) -> str:
    settings = report.case.settings
    linked = phrases.several(sorted(settings.linked)) or "none"
    said = [
        f"Clashes with promises: mode {settings.mode}",
        f"facets to be told together: {linked}",
        f"a notice’s word may be {settings.max_hops} step{'' if settings.max_hops == 1 else 's'} above the register’s",
        *remarks(report),
    ]
    return f"{'; '.join(said)}."
