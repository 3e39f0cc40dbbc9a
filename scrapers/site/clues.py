"""Find the clues to features on one page: vendors' marks, links, forms, structured data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.model.activity import Certainty
from audit.model.company import Company
from audit.model.facts import Area, ChannelLink, Form, Link, PageFacts, Signal
from audit.model.value import Evidence
from scrapers.page.figures import is_forum
from scrapers.page.names import fit
from scrapers.page.rules import Rules
from scrapers.page.words import LinkWords
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, registrable, same_site, segments
from scrapers.site.offered import MENUS, SUPPLIED, offered

STRONG = 0.95
_POSSIBLE = 0.7
_PLACES = frozenset({"link", "frame", "form"})
"""Where an address leads to the feature itself, not to a script of it."""

_PART_OF_NAME = re.compile(r"-?(?:forums?|community|wiki|help|support|podcast)$")
_EMAIL = re.compile(r"^email:|e-?mail|^[a-z]*:(?:[^:]*mail[^:]*)", re.I)
_COMMENT_FIELD = re.compile(
    r"^textarea:[^:]*comment|^textarea:[^:]*(?:kommentar|commentaire)", re.I
)
_CONTACT = re.compile(r"textarea:|password:|tel:", re.I)
_READING = frozenset({Area.ARTICLE})
_NOT_ASKED = ("submit:", "button:", "checkbox:", "hidden:", "image:")
_ACCOUNT = re.compile(r"log-?in|sign-?in|password|account", re.I)
_OTHER_PURPOSE = re.compile(
    r"log.?in|sign.?in|account|password|reset|stock|track|invite|demo|trial"
    r"|get started|search|donat"
)
_REVIEW = re.compile(r"review|rating|bewert|rezension|/avis|opini", re.I)
_DOCS_GENERATORS = ("mkdocs", "docusaurus", "sphinx", "gitbook", "vitepress", "starlight", "antora")
_WIKI_HOSTS = ("wikipedia.org", "wikimedia.org", "wikidata.org", "wiktionary.org")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One reason to say that a feature is there; clues of different places support each other."""

    feature: str
    vendor: str
    url: str
    strength: float
    evidence: Evidence
    supplies: bool = False
    place: str = ""
    detail: str = ""
    certainty: Certainty = Certainty.TAG


def clues_of_page(
    page: PageFacts, company: Company, link_words: LinkWords, rules: Rules
) -> Iterator[Clue]:
    """Everything on a page that speaks for a feature."""
    for signal in page.signals:
        if signal.told and not _names_company(signal.url, company):
            continue
        if signal.rule == "shape.comments" and is_forum(page.url, page.signals, link_words):
            continue
        yield Clue(
            feature=signal.feature,
            vendor=signal.vendor,
            url=signal.url if signal.url and signal.place in _PLACES else page.url,
            strength=_strength(signal),
            evidence=signal.evidence,
            supplies=signal.supplies,
            place=signal.place,
            certainty=signal.certainty,
        )
    yield from _of_links(page, company, link_words, rules)
    yield from _of_forms(page, link_words)
    for feed in page.feeds[:1]:
        shown = f'<link rel="alternate" href="{feed.url}">'
        yield replace(_clue(page, "rss", "head.feed", feed.url, shown, 0.9), supplies=True)
    yield from _of_types(page)
    yield from _of_channels(page, company, rules)


def _strength(signal: Signal) -> float:
    if signal.certainty is Certainty.POSSIBLE:
        return _POSSIBLE if signal.strong else 0.3
    return STRONG if signal.strong else 0.5


def _names_company(url: str, company: Company) -> bool:
    """The address of somebody else's service names the company: its account there."""
    labels = host_of(url).partition(":")[0].split(".")[:-2]
    return any(fit(part, (company.name,)) > 0 for part in (*labels, *segments(url)[:3]))


def _of_links(
    page: PageFacts, company: Company, link_words: LinkWords, rules: Rules
) -> Iterator[Clue]:
    """Parts of the site that its links name: forum, wiki, help, newsletter, reviews, podcast."""
    for link in page.links:
        features = offered(link, link_words) if link.area is not Area.COMMENT else frozenset()
        if features and _reachable(link, page, company, rules):
            for feature in sorted(features):
                rule, seen = f"link.{feature}", _shown(link)
                found = _clue(page, feature, rule, link.url, seen, _weight(link))
                yield replace(found, supplies=feature in SUPPLIED)


def _reachable(link: Link, page: PageFacts, company: Company, rules: Rules) -> bool:
    """The link leads to the company's own place, not to somebody else's."""
    hosted = rules.catalogue.hosted
    if same_site(link.url, page.url, hosted) or same_site(link.url, company.website, hosted):
        return True
    host = host_of(link.url)
    if host.endswith(_WIKI_HOSTS) or rules.platforms.knows(host):
        return False
    label = registrable(host, hosted).partition(".")[0]
    return fit(_PART_OF_NAME.sub("", label) or label, (company.name,)) >= 0.7


def _weight(link: Link) -> float:
    return 0.8 if link.area in MENUS else 0.65


def _shown(link: Link) -> str:
    return f'<a href="{link.url}">{link.text}</a>'


def _of_forms(page: PageFacts, link_words: LinkWords) -> Iterator[Clue]:
    """Sign-up for mail, and comment forms, by their fields and words."""
    for form in page.forms:
        if any(_COMMENT_FIELD.search(field) for field in form.fields):
            yield _clue(page, "comments", "form.comments", page.url, form.locator, 0.9)
        elif _is_signup(form, link_words):
            seen = f"{form.locator}: {form.text}"
            yield _clue(page, "newsletter", "form.newsletter", form.action or page.url, seen, 0.9)


def _is_signup(form: Form, link_words: LinkWords) -> bool:
    """A form with a mail field and few others that speaks of subscribing or a newsletter."""
    asked = [field for field in form.fields if not field.startswith(_NOT_ASKED)]
    words = f"{form.text} {form.locator} {' '.join(form.fields)} {form.action}".lower()
    if len(asked) > 6 or any(_CONTACT.search(field) for field in form.fields):
        return False
    if "unsubscribe" in words or _ACCOUNT.search(form.action):
        return False
    if not any(_EMAIL.search(field) for field in form.fields):
        return len(asked) == 1 and asked[0].startswith("text:") and "newsletter" in form.action
    return (
        any(word in words for word in ("newsletter", "subscribe", "mailing"))
        or any(phrase in words for phrase in _signup_phrases(link_words))
        or _asks_mail_alone(asked, words)
    )


def _signup_phrases(link_words: LinkWords) -> Iterator[str]:
    for section in ("newsletter", "subscribe"):
        yield from (phrase for phrase in link_words.phrases(section) if len(phrase) > 3)


def _asks_mail_alone(asked: Sequence[str], words: str) -> bool:
    """An address and nothing else, not for an account, an offer or a product sold out."""
    return len(asked) == 1 and asked[0].startswith("email:") and not _OTHER_PURPOSE.search(words)


def _of_types(page: PageFacts) -> Iterator[Clue]:
    """What structured data and the generator say."""
    kinds = set(page.types)
    if kinds & {"AggregateRating", "Review", "Rating"}:
        yield _clue(page, "reviews", "jsonld.reviews", page.url, "AggregateRating", 0.85)
    if "FAQPage" in kinds:
        yield _clue(page, "knowledge-base", "jsonld.faq", page.url, "FAQPage", 0.85)
    if kinds & {"DiscussionForumPosting", "QAPage"}:
        yield _clue(page, "forum", "jsonld.forum", page.url, "DiscussionForumPosting", 0.85)
    if kinds & {"PodcastSeries", "PodcastEpisode"}:
        yield _clue(page, "podcast", "jsonld.podcast", page.url, "PodcastSeries", 0.85)
    if kinds & {"Event", "BusinessEvent", "EducationEvent", "MusicEvent"}:
        yield _clue(page, "events", "jsonld.events", page.url, "Event", 0.85)
    if page.generator.lower().startswith(_DOCS_GENERATORS):
        seen = f"generator={page.generator}"
        yield _clue(page, "knowledge-base", "generator.docs", page.url, seen, 0.85)


def _of_channels(page: PageFacts, company: Company, rules: Rules) -> Iterator[Clue]:
    """Pages about the company on other sites: its reviews, its apps, its podcast, its letters."""
    for link in page.channels:
        feature = _of_profile(link, rules.platforms.kinds.get(link.platform, ""))
        fits = fit(link.handle, (company.name,)) > 0
        own_alone = feature == "newsletter" or link.area in _READING
        if not feature or link.area is Area.COMMENT or (own_alone and not fits):
            continue
        yield Clue(
            feature=feature,
            vendor=rules.platforms.titles[link.platform],
            url=link.url,
            strength=0.8 if fits or feature != "reviews" else 0.65,
            evidence=_evidence(page, f"link.{link.platform}", link.evidence.excerpt),
            supplies=feature == "app",
        )


def _of_profile(link: ChannelLink, kind: str) -> str:
    """The feature that a profile stands for; a place on a map is more than its reviews."""
    if kind == "audio":
        return "podcast" if link.platform in ("apple-podcasts", "spotify") else ""
    if link.platform == "google-business":
        return "reviews" if _REVIEW.search(f"{link.text} {link.evidence.excerpt}") else ""
    return kind if kind in ("reviews", "app", "newsletter") else ""


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
