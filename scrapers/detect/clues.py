"""Find the clues to features on one page: vendors' marks, links, forms, structured data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.company import Company
from audit.model.value import Evidence
from audit.model.web import Area, Form, Link, PageFacts
from scrapers.detect.names import fit
from scrapers.detect.rules import Rules
from scrapers.detect.words import Topics
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, registrable, same_site, segments

STRONG = 0.95
_MENUS = {Area.HEADER, Area.NAV, Area.FOOTER}
_OFFERED = {*_MENUS, Area.MAIN, Area.ASIDE}
_OF_LINK = {
    "forum": "forum",
    "wiki": "wiki",
    "help": "knowledge-base",
    "docs": "knowledge-base",
    "glossary": "knowledge-base",
    "newsletter": "newsletter",
    "reviews": "reviews",
    "podcast": "podcast",
    "events": "events",
}
_HELP_ONLY = re.compile(r"faq|knowledge|help ?cent|hilfe|aide|ayuda|docs|documentation|guide", re.I)
_EMAIL = re.compile(r"^email:|e-?mail|^[a-z]*:(?:[^:]*mail[^:]*)", re.I)
_COMMENT_FIELD = re.compile(
    r"^textarea:[^:]*comment|^textarea:[^:]*(?:kommentar|commentaire)", re.I
)
_CONTACT = re.compile(r"textarea:|password:|tel:", re.I)
_DOCS_GENERATORS = ("mkdocs", "docusaurus", "sphinx", "gitbook", "vitepress", "starlight", "antora")
_WIKI_HOSTS = ("wikipedia.org", "wikimedia.org", "wikidata.org", "wiktionary.org")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One reason to say that a feature is there."""

    feature: str
    vendor: str
    url: str
    strength: float
    evidence: Evidence
    supplies: bool = False
    detail: str = ""


def clues_of_page(
    page: PageFacts, company: Company, topics: Topics, rules: Rules
) -> Iterator[Clue]:
    """Everything on a page that speaks for a feature."""
    for signal in page.signals:
        yield Clue(
            feature=signal.feature,
            vendor=signal.vendor,
            url=signal.url or page.url,
            strength=STRONG if signal.strong else 0.5,
            evidence=signal.evidence,
            supplies=signal.supplies,
        )
    yield from _of_links(page, company, topics, rules)
    yield from _of_forms(page, topics)
    yield from _of_types(page)
    yield from _of_channels(page, company, rules)


def _of_links(page: PageFacts, company: Company, topics: Topics, rules: Rules) -> Iterator[Clue]:
    """Parts of the site that its links name: forum, wiki, help, newsletter, reviews, podcast."""
    for link in page.links:
        if link.area not in _OFFERED or not link.text:
            continue
        said = set(topics.exact(link.text))
        if not _reachable(link, page, company, rules):
            continue
        if len(segments(link.url)) <= 2:
            said |= topics.of_url(link.url) & {"forum", "wiki", "docs"}
        for word in said & _OF_LINK.keys():
            if word == "help" and not _HELP_ONLY.search(f"{link.text} {link.url}"):
                continue
            feature = _OF_LINK[word]
            yield _clue(page, feature, f"link.{feature}", link.url, _shown(link), _weight(link))


def _reachable(link: Link, page: PageFacts, company: Company, rules: Rules) -> bool:
    """The link leads to the company's own place, not to somebody else's."""
    hosted = rules.catalogue.hosted
    if same_site(link.url, page.url, hosted) or same_site(link.url, company.website, hosted):
        return True
    host = host_of(link.url)
    if host.endswith(_WIKI_HOSTS) or rules.platforms.knows(host):
        return False
    return fit(registrable(host, hosted).partition(".")[0], (company.name,)) >= 0.7


def _weight(link: Link) -> float:
    return 0.8 if link.area in _MENUS else 0.65


def _shown(link: Link) -> str:
    return f'<a href="{link.url}">{link.text}</a>'


def _of_forms(page: PageFacts, topics: Topics) -> Iterator[Clue]:
    """Sign-up for mail, and comment forms, by their fields and words."""
    for form in page.forms:
        if any(_COMMENT_FIELD.search(field) for field in form.fields):
            yield _clue(page, "comments", "form.comments", page.url, form.locator, 0.9)
        elif _is_signup(form, topics):
            seen = f"{form.locator}: {form.text}"
            yield _clue(page, "newsletter", "form.newsletter", form.action or page.url, seen, 0.9)


def _is_signup(form: Form, topics: Topics) -> bool:
    """A form with a mail field and few others that speaks of subscribing or a newsletter."""
    mail = [field for field in form.fields if _EMAIL.search(field)]
    asked = [
        field for field in form.fields if not field.startswith(("submit:", "button:", "checkbox:"))
    ]
    if not mail or len(asked) > 6 or any(_CONTACT.search(field) for field in form.fields):
        return False
    words = f"{form.text} {form.locator} {' '.join(form.fields)} {form.action}".lower()
    if "newsletter" in words or "subscribe" in words or "mailing" in words:
        return "unsubscribe" not in words
    return any(
        phrase in words
        for section in ("newsletter", "subscribe")
        for phrase in topics.phrases(section)
        if len(phrase) > 3
    )


def _of_types(page: PageFacts) -> Iterator[Clue]:
    """What structured data and the generator say."""
    kinds = set(page.types)
    if kinds & {"AggregateRating", "Review", "Rating"}:
        yield _clue(page, "reviews", "jsonld.reviews", page.url, "AggregateRating", 0.85)
    if kinds & {"FAQPage", "QAPage"}:
        yield _clue(page, "knowledge-base", "jsonld.faq", page.url, "FAQPage", 0.85)
    if kinds & {"DiscussionForumPosting"}:
        yield _clue(page, "forum", "jsonld.forum", page.url, "DiscussionForumPosting", 0.85)
    if kinds & {"PodcastSeries", "PodcastEpisode"}:
        yield _clue(page, "podcast", "jsonld.podcast", page.url, "PodcastSeries", 0.85)
    if kinds & {"Event", "BusinessEvent", "EducationEvent", "MusicEvent"}:
        yield _clue(page, "events", "jsonld.events", page.url, "Event", 0.85)
    if page.generator.lower().startswith(_DOCS_GENERATORS):
        seen = f"generator={page.generator}"
        yield _clue(page, "knowledge-base", "generator.docs", page.url, seen, 0.85)


def _of_channels(page: PageFacts, company: Company, rules: Rules) -> Iterator[Clue]:
    """Pages about the company on other sites: its reviews, its apps, its podcast."""
    features = {"reviews": "reviews", "app": "app", "audio": "podcast"}
    for link in page.channels:
        feature = features.get(rules.platforms.kinds.get(link.platform, ""))
        podcast = feature != "podcast" or link.platform in ("apple-podcasts", "spotify")
        if feature is None or not podcast or link.area in (Area.COMMENT, Area.ARTICLE):
            continue
        title = rules.platforms.titles[link.platform]
        supplies = feature == "app"
        seen = link.evidence.excerpt
        evidence = _evidence(page, f"link.{link.platform}", seen)
        yield Clue(
            feature=feature,
            vendor=title,
            url=link.url,
            strength=0.8 if fit(link.handle, (company.name,)) > 0 or feature != "reviews" else 0.65,
            evidence=evidence,
            supplies=supplies,
        )


def _clue(page: PageFacts, feature: str, rule: str, url: str, seen: str, strength: float) -> Clue:
    return Clue(
        feature=feature,
        vendor="",
        url=url,
        strength=strength,
        evidence=_evidence(page, rule, seen),
    )


def _evidence(page: PageFacts, rule: str, seen: str) -> Evidence:
    return Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule=rule,
        excerpt=clean(seen, 200),
        record=page.record,
    )
