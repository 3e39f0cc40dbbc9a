"""Find the clues to features on one page: vendors' marks, links, forms, structured data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from audit.model.company import Company
from audit.model.facts import Area, ChannelLink, Link, PageFacts, Signal
from audit.model.site import Certainty
from audit.model.value import Evidence
from scrapers.page.figures import is_discussion
from scrapers.page.names import fit, tokens
from scrapers.page.ratings import NOT_OF_CUSTOMERS
from scrapers.page.rules import Rules
from scrapers.page.shapes import told_of
from scrapers.page.threads import DISCUSSIONS
from scrapers.page.words import LinkWords
from scrapers.parse.text import clean
from scrapers.parse.urls import (
    host_of,
    is_tenants,
    lies_below,
    page_key,
    registrable,
    same_site,
    segments,
    split,
)
from scrapers.site.forms import is_signup, takes_comments, takes_reviews
from scrapers.site.look import is_typed_post
from scrapers.site.offered import SUPPLIED, is_letter, offered
from scrapers.site.papers import is_paper, of_topic
from scrapers.site.place import bears_name, hosts_of_others, is_parents
from scrapers.site.programs import explained_below, programs
from scrapers.site.store_banners import is_recording
from scrapers.site.worth import MENUS

STRONG = 0.95
"""The strength of a clue that leaves hardly a doubt, such as a vendor's script."""

_POSSIBLE = 0.7
"""The strength of a vendor's script that waits for consent, so that it may never be loaded."""

_TENANT = 0.8
"""The strength of a vendor's address that bears the company's name."""

_ITS_NAME = 0.7
"""A part of an address that fits the company's name so well is its account there."""

_VISITED = frozenset(
    {
        *("booking", "careers", "community", "customer-portal", "events", "feedback", "forms"),
        *("forum", "knowledge-base", "newsletter", "podcast", "reviews", "survey", "webinar"),
        "wiki",
    }
)
"""Features that readers visit at an address of their own."""

_FIRST_WORD = re.compile(r"[a-z0-9]{4,}")
"""The part of a vendor's name that its elements bear."""

_DOORS = frozenset({"link", "frame", "form"})
"""Places of signals whose address leads to the feature itself, not to a script of it."""

_PART_OF_NAME = re.compile(r"-?(?:forums?|community|wiki|help|support|podcast)$")
"""What a domain adds to the company's name: `acmepumpsforums.example`, `acme-wiki.example`."""

_REVIEW = re.compile(r"review|rating|bewert|rezension|\bavis\b|opini|recens|valoraci|\bocen", re.I)
_CHAPTERS = frozenset({"events", "reviews", "calculator", "configurator"})
"""Features whose words are headings of chapters in the documentation of a program."""

_DOCS_GENERATORS = ("mkdocs", "docusaurus", "sphinx", "gitbook", "vitepress", "starlight", "antora")
_AT_AN_ACCOUNT = frozenset({"forum", "wiki", "knowledge-base", "newsletter", "podcast", "events"})
"""Features that a company may have on a service of somebody else's, by its name in the address.

Not reviews: those of employees bear its name too.
"""
_MEASURING = re.compile(
    r"(?:^|[.-])(?:analytics|track(?:ing|er|ed\w{0,10})?|stats?|metrics|telemetry|pixel)(?:[.-]|$)"
)
"""A host of a vendor of letters whose scripts only count visitors: they offer no newsletter."""

_EVENTS = frozenset(
    {
        *("Event", "EventSeries", "BusinessEvent", "EducationEvent", "ExhibitionEvent", "Festival"),
        *("FoodEvent", "Hackathon", "LiteraryEvent", "MusicEvent", "SocialEvent", "TheaterEvent"),
        "VisualArtsEvent",
    }
)
"""Types of what one may visit; matches, broadcasts and deliveries are events of another kind."""

_WRITTEN_TYPES = frozenset({"Article", "BlogPosting", "HowTo", "NewsArticle", "Recipe"})
"""Types of a page whose frequent questions are about what it is itself about."""

_ALSO_WRITTEN = frozenset({"reviews", "embed"})
"""Features whose words are those of articles, too: "Reviews" and "Badges" below a blog."""

_WIKI_HOSTS = ("wikipedia.org", "wikimedia.org", "wikidata.org", "wiktionary.org")
"""Wikis that are nobody's own, whatever a link to them is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """One reason to say that a feature is there; clues of different places support each other.

    `strength` in 0..1 is how likely the clue alone makes it, `place` where on the page a rule found
    it ("" for clues without a rule). `detail` goes into the finding as it is.
    """

    feature: str
    vendor: str
    url: str
    strength: float
    evidence: Evidence
    supplies: bool = False
    place: str = ""
    detail: str = ""
    certainty: Certainty = Certainty.TAG


def clues_of_page(page: PageFacts, company: Company, rules: Rules) -> Iterator[Clue]:
    """Yield everything on a page that speaks for a feature."""
    yield from _of_signals(page, company, rules)
    yield from _of_links(page, company, rules)
    yield from _of_forms(page, rules.words)
    for feed in page.feeds[:1]:
        rule, element = "head.feed", f'<link rel="alternate" href="{feed.url}">'
        if feed.linked:
            rule, element = "link.feed", f'<a href="{feed.url}">{feed.title}</a>'
        yield replace(_clue(page, "rss", rule, feed.url, element, 0.9), supplies=True)
    yield from _of_types(page)
    yield from _of_channels(page, company, rules)
    for link in programs(page, company, rules):
        element = f'<a href="{link.url}">{link.text}</a>'
        yield replace(_clue(page, "app", "link.app", link.url, element, 0.8), supplies=True)


def _of_signals(page: PageFacts, company: Company, rules: Rules) -> Iterator[Clue]:
    """Yield a clue for each rule that fired, with what it is worth.

    A link in running text counts only where it leads to an account of the company. Comments of a
    forum's page are its posts, and a form for comments that asks for stars is one for reviews.
    """
    reviewed = _takes_reviews_alone(page, rules.words)
    in_forum = is_discussion(page.url, page.types, page.signals, rules.words)
    for signal in page.signals:
        if signal.told and not _names_company(signal.url, company, rules.catalogue.hosted):
            continue
        if signal.feature == "comments" and (in_forum or (reviewed and signal.place == "css")):
            continue
        if signal.feature == "reviews" and _rates_others(signal.url, rules):
            continue
        if signal.feature == "app" and is_recording(signal, page):
            continue
        if signal.supplies and signal.place == "link" and _is_credit(signal.url, page, rules):
            continue
        counts = signal.place not in _DOORS and _MEASURING.search(host_of(signal.url))
        if signal.feature == "newsletter" and counts:
            continue
        yield Clue(
            feature=signal.feature,
            vendor=signal.vendor,
            url=signal.url if signal.url and signal.place in _DOORS else page.url,
            strength=_strength(signal, company),
            evidence=signal.evidence,
            supplies=signal.supplies,
            place=_place(signal, company),
            detail=told_of(signal),
            certainty=signal.certainty,
        )


def _is_credit(url: str, page: PageFacts, rules: Rules) -> bool:
    """Tell whether all links to an address credit a tool that the site uses: "Powered by …"."""
    texts = [link.text for link in page.links if link.url == url]
    return bool(texts) and all(rules.whose.behind_credit(text) is not None for text in texts)


def _is_manual(page: PageFacts) -> bool:
    """Tell whether software for documentation made a page, by its generator or its elements.

    Answers to questions on a page of goods, which are of no vendor, make none.
    """
    return page.generator.lower().startswith(_DOCS_GENERATORS) or any(
        signal.feature == "knowledge-base"
        and signal.vendor
        and signal.strong
        and signal.place not in _DOORS
        for signal in page.signals
    )


def _takes_reviews_alone(page: PageFacts, link_words: LinkWords) -> bool:
    """Tell whether what readers write by the forms of a page are reviews, and no comments."""
    return any(takes_reviews(form) for form in page.forms) and not any(
        takes_comments(form, link_words, page.url) for form in page.forms
    )


def _rates_others(url: str, rules: Rules) -> bool:
    """Tell whether an address leads to where apps are rated, or companies by their employees."""
    return rules.platforms.kind_at(url) in NOT_OF_CUSTOMERS if url else False


def _strength(signal: Signal, company: Company) -> float:
    """Return how much a signal tells: less for a weak rule, less for what may never be loaded.

    A weak rule whose address is that of the company's own account there stands alone.
    """
    if signal.certainty is Certainty.POSSIBLE:
        return _POSSIBLE if signal.strong else 0.3
    if signal.feature in _VISITED and signal.url and _is_tenant(signal.url, company):
        return STRONG if signal.strong else _TENANT
    return STRONG if signal.strong else 0.5


def _place(signal: Signal, company: Company) -> str:
    """Return where a mark stands; each element that bears the vendor's name is a place of its own.

    `pumprate-badge` and `pumprate-list` on one page are hardly anybody else's than Pumprate's, but
    for a company with that word in its name, whose own elements bear it.
    """
    vendor = _FIRST_WORD.match(signal.vendor.casefold())
    if vendor is not None and vendor[0] in tokens(company.name):
        return signal.place
    if vendor is not None and signal.name.casefold().removeprefix("data-").startswith(vendor[0]):
        return f"{signal.place} {signal.name}"
    return signal.place


def _is_tenant(url: str, company: Company) -> bool:
    """Tell whether a host of a vendor's is the company's there: `acmepumps.vendor.example`."""
    host = host_of(url).partition(":")[0]
    before = host.removesuffix(registrable(host)).strip(".")
    return any(fit(label, (company.name,)) >= _ITS_NAME for label in before.split(".") if label)


def _names_company(url: str, company: Company, hosted: frozenset[str]) -> bool:
    """Tell whether the address of somebody else's service names the company: its account there.

    Where everybody has a subdomain, that is the account, and what follows are words of its pages.
    """
    if is_tenants(url, hosted):
        own = registrable(host_of(company.website), hosted).partition(".")[0]
        label = registrable(host_of(url), hosted).partition(".")[0]
        return fit(label, (company.name, *company.aliases, own)) > 0
    # Without the last two, which are the vendor's domain: an account stands before it.
    labels = host_of(url).partition(":")[0].split(".")[:-2]
    # Stores of extensions name what they show behind the path: ?itemName=acme.pump-tools.
    asked = (value for _, value in parse_qsl(split(url).query))
    return any(fit(part, (company.name,)) > 0 for part in (*labels, *segments(url)[:3], *asked))


def _of_links(page: PageFacts, company: Company, rules: Rules) -> Iterator[Clue]:
    """Yield parts of the site that its links name: forum, wiki, help, newsletter, podcast."""
    spoken = rules.words.spoken(page.language, (link.text for link in page.links))
    names = frozenset(tokens(company.name))
    unsaid = {"reviews"} if is_paper(page, rules.words) else set()
    chapters = _CHAPTERS if _is_manual(page) else frozenset[str]()
    here = page_key(page.url) if is_typed_post(page) else ""
    explained = explained_below(page)
    for link in page.links:
        # From an article a link to itself opens or shows something there, and is no part of a site.
        if link.area is Area.COMMENT or page_key(link.url) == here:
            continue
        features = offered(link, rules.words, spoken, names, host_of(page.url)) - unsaid
        features -= _taught(link, chapters, explained)
        if features & _ALSO_WRITTEN and of_topic(link, rules.words):
            features -= _ALSO_WRITTEN
        if features and not _reachable(link, page, company, rules):
            features &= _at_account(link, company, rules)
        if features:
            strength = 0.8 if link.area in MENUS else 0.65
            element = f'<a href="{link.url}">{link.text}</a>'
            for feature in sorted(features):
                clue = _clue(page, feature, f"link.{feature}", link.url, element, strength)
                yield replace(clue, supplies=feature in SUPPLIED)


def _taught(link: Link, chapters: frozenset[str], explained: tuple[str, ...]) -> frozenset[str]:
    """Return what a link of a manual leads to the explanation of, not to the thing itself."""
    inside = chapters if len(segments(link.url)) > 1 else frozenset[str]()
    return inside | {"api"} if f"{link.url.rstrip('/')}/".startswith(explained) else inside


def _at_account(link: Link, company: Company, rules: Rules) -> frozenset[str]:
    """Return what a menu's words say of the company's account on somebody else's service.

    Host or path bear its name (`wiki.parent.example/acme/`), but for what a menu calls newsletter
    and nothing else. Labels of the service (`boards.jobs.example`) and platforms tell nothing here.
    """
    host = host_of(link.url)
    if link.area not in MENUS or host.endswith(_WIKI_HOSTS) or rules.platforms.knows(host):
        return frozenset()
    if registrable(host) != registrable(host_of(company.website)) and is_letter(link, rules.words):
        return frozenset({"newsletter"})
    if not bears_name(link.url, (company.name,), rules.words):
        return frozenset()
    return _AT_AN_ACCOUNT & offered(replace(link, url="https://x.example/"), rules.words)


def _reachable(link: Link, page: PageFacts, company: Company, rules: Rules) -> bool:
    """Tell whether a link leads to the company's own place, not to somebody else's.

    Another domain is the company's where it is its name, with or without the part that it is for.
    """
    hosted = hosts_of_others(company, rules.catalogue.hosted)
    if is_parents(link.url, company, hosted, rules.words):
        return False
    if same_site(link.url, page.url, hosted) or same_site(link.url, company.website, hosted):
        return True
    if any(lies_below(link.url, site, hosted) for site in company.also):
        return True
    host = host_of(link.url)
    if host.endswith(_WIKI_HOSTS) or rules.platforms.knows(host):
        return False
    label = registrable(host, hosted).partition(".")[0]
    return fit(_PART_OF_NAME.sub("", label) or label, (company.name,)) >= 0.7


def _of_forms(page: PageFacts, link_words: LinkWords) -> Iterator[Clue]:
    """Yield forms for comments, reviews, or an address for a newsletter, by fields and words.

    By what looks like a form for comments readers of a forum reply.
    """
    in_forum = is_discussion(page.url, page.types, page.signals, link_words)
    for form in page.forms:
        if takes_comments(form, link_words, page.url):
            if not in_forum:
                yield _clue(page, "comments", "form.comments", page.url, form.locator, 0.9)
        elif takes_reviews(form) and _REVIEW.search(f"{form.locator} {form.action} {form.text}"):
            yield _clue(page, "reviews", "form.reviews", page.url, form.locator, 0.9)
        elif is_signup(form, link_words):
            words = f"{form.locator}: {form.text}"
            yield _clue(page, "newsletter", "form.newsletter", form.action or page.url, words, 0.9)


def _of_types(page: PageFacts) -> Iterator[Clue]:
    """Yield what the structured data of a page and its generator say."""
    kinds = set(page.types)
    # A rating without a review is one of a claim, as those who check facts give it.
    if kinds & {"AggregateRating", "Review"}:
        yield _clue(page, "reviews", "jsonld.reviews", page.url, "AggregateRating", 0.85)
    if "FAQPage" in kinds and not kinds & _WRITTEN_TYPES:
        yield _clue(page, "knowledge-base", "jsonld.faq", page.url, "FAQPage", 0.85)
    if kinds & DISCUSSIONS:
        yield _clue(page, "forum", "jsonld.forum", page.url, "DiscussionForumPosting", 0.85)
    if kinds & {"PodcastSeries", "PodcastSeason", "PodcastEpisode"}:
        yield _clue(page, "podcast", "jsonld.podcast", page.url, "PodcastSeries", 0.85)
    if kinds & _EVENTS:
        yield _clue(page, "events", "jsonld.events", page.url, "Event", 0.85)
    if page.generator.lower().startswith(_DOCS_GENERATORS):
        content = f"generator={page.generator}"
        yield _clue(page, "knowledge-base", "generator.docs", page.url, content, 0.85)


def _of_channels(page: PageFacts, company: Company, rules: Rules) -> Iterator[Clue]:
    """Yield pages about the company on other sites: its reviews, apps, podcast, letters.

    Newsletters, and whatever a text links to, count only where the handle fits the company's name.
    """
    for link in page.channels:
        feature = _of_profile(link, rules.platforms.kinds.get(link.platform, ""))
        fits = fit(link.handle, (company.name,)) > 0
        own_alone = feature == "newsletter" or link.area is Area.ARTICLE
        if not feature or link.area is Area.COMMENT or (own_alone and not fits):
            continue
        yield Clue(
            feature=feature,
            vendor=rules.platforms.titles[link.platform],
            url=link.url,
            strength=0.8 if fits or feature != "reviews" else 0.65,
            evidence=page.proof(f"link.{link.platform}", clean(link.evidence.excerpt, 200)),
            supplies=feature == "app",
        )


def _of_profile(link: ChannelLink, kind: str) -> str:
    """Return the feature that a profile stands for, "" for none; `kind` is that of its platform.

    A place on a map is more than its reviews: it counts where the link speaks of them.
    """
    if kind == "audio":
        return "podcast" if link.platform in ("apple-podcasts", "spotify") else ""
    # "Get directions" leads to the same place as "Read our reviews".
    if link.platform == "google-business":
        return "reviews" if _REVIEW.search(f"{link.text} {link.evidence.excerpt}") else ""
    return kind if kind in ("reviews", "app", "newsletter") else ""


def _clue(page: PageFacts, feature: str, rule: str, url: str, words: str, strength: float) -> Clue:
    """Return a clue of no vendor, with `words` of the page as its evidence."""
    return Clue(
        feature=feature,
        vendor="",
        url=url,
        strength=strength,
        evidence=page.proof(rule, clean(words, 200)),
    )
