"""What a person says that a page is, as a sign of that feature on it."""

from audit.model.company import PointedSection
from audit.model.facts import Signal
from audit.model.kinds import PARTS
from audit.model.site import Certainty
from scrapers.parse.document import Document
from scrapers.parse.text import clean

RULE = "config.section"
"""The rule by which evidence names a part of a site that a person points at."""


def told_by_person(document: Document, section: PointedSection | None) -> tuple[Signal, ...]:
    """Return the sign that a page is a forum, a help centre or the like, where a person says so.

    None for a page that scripts are still to draw: it proves nothing yet.
    """
    if section is None or section.kind not in PARTS or document.shell:
        return ()
    words = f"{document.title or document.url} ({section.kind}, {section.place or 'the list'})"
    return (
        Signal(
            rule=RULE,
            feature=section.kind,
            vendor="",
            strong=True,
            supplies=False,
            place="list",
            url=document.url,
            told=False,
            certainty=Certainty.VISIBLE if document.page.drawn else Certainty.TAG,
            evidence=document.page.proof(RULE, clean(words, 200)),
        ),
    )
