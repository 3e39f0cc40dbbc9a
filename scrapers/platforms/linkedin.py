"""LinkedIn: a company's guest page (recorded in 2024), only where robots.txt allows to read it."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from scrapers.parse.embedded import same_as, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.jsonld import Thing
from scrapers.parse.text import clean
from scrapers.parse.urls import join, segments, split, unwrap
from scrapers.platforms import kit
from scrapers.platforms._linkedin_api import KEY, own_page

_RULE = "platform.linkedin"
_PAGES = {"company": "company", "companies": "company", "school": "school", "showcase": "showcase"}
_WALLS = ("authwall", "uas/login", "login", "checkpoint", "signup")
_TITLES = ("sign up | linkedin", "linkedin login", "sign in | linkedin", "linkedin: log in")
_FOLLOWERS = re.compile(r"\d[\d.,\s\u00a0\u202f]*\s*followers?\b", re.I)
_ACCOUNT = re.compile(r"facetCurrentCompany%3D%255B(\d+)%255D")
_ACTIVITY = re.compile(r"urn:li:activity:(\d+)")
_FORMATS = (
    ("feed-native-video-content", "video"),
    ("feed-images-content", "image"),
    ("article-content", "link"),
)
_HELP = "a figure in competitors.yaml (manual) would help"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the guest page of a company, school or showcase; people and groups are left alone."""
    kind = _PAGES.get(next(iter(segments(ask.url)), ""))
    if kind is None:
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "only pages of organisations are read")
    own = yield from own_page(ask, _RULE)
    found = yield from kit.ask_page(f"https://www.linkedin.com/{kind}/{quote(ask.handle)}")
    shown = _refused(found) if isinstance(found, kit.Failure) else _shown(ask, found)
    return own.joined(shown) if own is not None else shown


def _refused(failure: kit.Failure) -> kit.Profile | kit.Unknown:
    if failure.reason in kit.GONE:
        return kit.not_found(failure, _RULE)
    return kit.Unknown(reason=failure.reason, detail=f"{failure.detail}; {_HELP}")


def _shown(ask: kit.Ask, found: kit.Page) -> kit.Profile | kit.Unknown:
    document = read_html(found)
    if kit.leads_to_login(found, *_WALLS) or document.title.casefold().startswith(_TITLES):
        return kit.unread(kit.Outcome.LOGIN_WALL, f"LinkedIn asks for a login; {_HELP}")
    card = document.tree.css_first(".top-card-layout")
    if card is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no company card where it used to be")
    proof, thing = kit.Proof(found, _RULE), _organisation(document)
    name = _text(card, ".top-card-layout__title") or kit.text_of(thing.get("name"))
    address = split(document.canonical).path.rstrip("/")
    handle = address.rpartition("/")[2]
    account = _ACCOUNT.search(document.source)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(name),),
        url=f"https://www.linkedin.com{address}" if handle else "",
        handle=handle,
        account=account[1] if account else "",
        name=name,
        about=_about(document) or kit.text_of(thing.get("description")),
        audience=_followers(document, proof),
        figures=_employees(thing, proof),
        timeline=_posts(document, ask, proof),
        links=_links(document, thing),
    )


def _text(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return clean(found.text(deep=True)) if found is not None else ""


def _organisation(document: Document) -> Thing:
    """What the page says of its own organisation; authors of posts are organisations too."""
    named = things(document, "Organization")
    return next((each for each in named if "numberOfEmployees" in each or "address" in each), {})


def _about(document: Document) -> str:
    node = document.tree.css_first('[data-test-id="about-us__description"]')
    return clean(node.text(deep=True)) if node is not None else ""


def _followers(document: Document, proof: kit.Proof) -> kit.Known[int] | kit.Unknown:
    """The count beside the place; its word is English unless the page speaks another language."""
    line = document.tree.css_first(".top-card-layout__first-subline")
    shown = line.text(separator="\n").splitlines() if line is not None else []
    last = next((part for part in reversed([clean(each) for each in shown]) if part), "")
    for text in (last, document.meta("og:description", "description")):
        if (english := _FOLLOWERS.search(text)) is not None:
            return proof.count(clean(english[0]), "followers")
    return proof.count(last if document.language not in ("", "en") else None, "followers")


def _employees(thing: Thing, proof: kit.Proof) -> tuple[kit.ProfileFigure, ...]:
    said = kit.field(thing, "numberOfEmployees", "value")
    if said is None:
        return ()
    return (proof.figure(kit.Count.EMPLOYEES, said),)


def _links(document: Document, thing: Thing) -> tuple[str, ...]:
    """The company's website: the link beside the word, freed from the redirect around it."""
    node = document.tree.css_first('[data-test-id="about-us__website"] a[href]')
    said = join(document.base, node.attributes.get("href") or "") if node is not None else None
    return kit.distinct(
        kit.site_in(unwrap(said) if said else ""), *map(kit.site_in, same_as(thing))
    )


def _posts(document: Document, ask: kit.Ask, proof: kit.Proof) -> kit.Timeline | kit.Unknown:
    """The newest posts; the list goes on behind the login, so older ones may be missing."""
    cards = document.tree.css("article[data-activity-urn]")
    if not cards and document.tree.css_first('[data-test-id="updates"]') is not None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts in their place where they used to be")
    if not cards:
        return kit.unread(kit.Outcome.HIDDEN, "the page shows no posts to readers without a login")
    posts = [post for card in cards if (post := _post(card, proof)) is not None]
    if not posts:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no time in the numbers of the posts")
    return kit.timeline_of(posts, ask, truncated=True)


def _post(card: LexborNode, proof: kit.Proof) -> kit.ProfilePost | None:
    named = _ACTIVITY.search(card.attributes.get("data-activity-urn") or "")
    made = kit.dated_by_id(time_of_id("linkedin", named[1])) if named is not None else None
    if named is None or made is None:
        return None
    text = _text(card, '[data-test-id="main-feed-activity-card__commentary"]')
    return kit.ProfilePost(
        url=f"https://www.linkedin.com/feed/update/{named[0]}",
        title=kit.headline(text),
        text=text,
        published=made,
        evidence=proof.dated(made, text),
        format=next((word for mark, word in _FORMATS if _part(card, mark)), "text"),
        repost=card.css_first(".main-feed-activity-card__header") is not None,
        interactions=tuple(_interactions(card)),
    )


def _part(card: LexborNode, name: str) -> LexborNode | None:
    return card.css_first(f'[data-test-id="{name}"]')


def _interactions(card: LexborNode) -> Iterator[kit.Interaction]:
    """Reactions and comments; within the line of counts, one that is left out is zero."""
    if card.css_first(".main-feed-activity-card__social-actions") is None:
        return
    for reaction, name in ((kit.Reaction.LIKES, "reactions"), (kit.Reaction.COMMENTS, "comments")):
        node = _part(card, f"social-actions__{name}")
        said = node.attributes.get(f"data-num-{name}") if node is not None else "0"
        count = kit.count_of((said or "").replace(",", ""))
        if count is not None:
            yield kit.Interaction(reaction=reaction, count=count)


PLATFORM = kit.Platform(
    name="linkedin",
    read=read,
    public="followers, employees and about ten newest posts, where robots.txt and no login stand"
    " in the way",
    confidence=kit.Confidence.RECORDED,
    keys=(KEY,),
    pace=3.0,
)
