"""The page as a whole: head with its one script and its rules, bar of links, sections, foot."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from audit.model.brand import Brand, Logo
from reports.formats.html.brand import colours, logo
from reports.formats.html.cells import sentence
from reports.formats.html.markup import Html, joined, name, tag
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection
from reports.formats.html.sections import sections
from reports.report import Report
from reports.tables import Table

_MANY = 8
"""With more companies their charts are printed one below the other."""


def page(report: Report) -> str:
    """Return the whole page of a report; it asks for nothing else, wherever it is opened."""
    paper = Paper(report)
    drawn = {each: part for each in sections() if (part := each.draw(paper)) is not None}
    summary = paper.sheet("Summary")
    body = tag(
        "body",
        tag("a", "Skip to the findings", href="#main", class_="skip"),
        _header(summary, report.brand.logo),
        _bar(list(drawn), paper),
        tag("main", *drawn.values(), id="main", tabindex="-1"),
        _foot(report),
        tag("script", _source("page.js")),
        class_="many" if len(report.companies) > _MANY else None,
    )
    return f"<!doctype html>\n{tag('html', _head(summary, report.brand), body, lang='en')}\n"


def _head(summary: Table | None, brand: Brand) -> Html:
    """Return the head: what the page may do, its title, its look."""
    title = summary.title if summary is not None else "Social presence"
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy()),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", colours(brand), _source("page.css")),
    )


@cache
def _source(file: str) -> Html:
    """Return the look or the script, as shipped; it stands in the page as it is."""
    return Html((files("reports.formats.html") / file).read_text("utf-8"))


@cache
def _policy() -> str:
    """Return what the page may do: run its one script, known by its digest, and ask for nothing."""
    digest = b64encode(hashlib.sha256(_source("page.js").encode()).digest()).decode()
    rules = (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src data:",
        f"script-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def _header(summary: Table | None, picture: Logo | None) -> Html:
    """Return whose presence it is about, and of when."""
    if summary is None:
        return tag("header", logo(picture), tag("h1", "Social presence"))
    warning = tag("b", summary.warning, class_="alert") if summary.warning else None
    return tag(
        "header",
        logo(picture),
        tag("h1", name(summary.title)),
        tag("p", joined([warning, sentence(summary.finding)], " "), class_="meta"),
    )


def _bar(shown: Sequence[PageSection], paper: Paper) -> Html:
    """Return the links to the sections; the filter shows itself where scripts run."""
    links = (tag("a", each.link, href=f"#{each.name}") for each in shown)
    return tag(
        "div",
        tag("nav", *links, aria_label="Sections"),
        _filter(paper),
        class_="bar",
    )


def _filter(paper: Paper) -> Html:
    """Return what narrows tables and posts down to a company, a channel or a topic."""
    folded = tag(
        "details",
        tag("summary", "Filter"),
        tag(
            "form",
            _choice("c", "Company", "All companies", paper.companies),
            _choice("k", "Channel", "All channels", paper.channels),
            _choice("t", "Topic", "All topics", paper.topics),
            tag("button", "Show all", type_="reset"),
        ),
        tag("p", class_="unseen-words", role="status", id="told"),
        id="filter",
        hidden=True,
    )
    return tag("div", folded, role="search", aria_label="Filter")


def _choice(kind: str, label: str, every: str, choices: Mapping[str, int]) -> Html | None:
    """Return a choice among names; None where there is nothing to choose."""
    if len(choices) < 2:
        return None
    options = (tag("option", each, value=number) for each, number in choices.items())
    return tag(
        "label",
        f"{label} ",
        tag("select", tag("option", every, value=""), *options, name=kind),
    )


def _foot(report: Report) -> Html:
    """Return how to read it, and by what it was made."""
    run = report.snapshot.run
    who = "competitors" if report.own else "companies"
    return tag(
        "footer",
        tag(
            "p",
            f"A typical one is the median of the {who} whose figure is known. What could not be "
            "seen is never counted as zero. Links lead to the pages on which a figure was seen. "
            "The workbook has the proof of each on sheet Evidence, and says on sheet Method how "
            "it is measured.",
        ),
        tag("p", report.brand.footer) if report.brand.footer else None,
        tag("p", f"Public pages only; no person is stored. Run {run.id}, version {run.version}."),
    )
