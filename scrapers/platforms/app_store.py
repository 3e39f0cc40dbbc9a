"""App Store: an app's rating, number of ratings and last version; a developer's apps.

Facts: https://performance-partners.apple.com/search-api (lookup, 20 calls a minute, no key).
Each country's store counts its own ratings.
"""

from collections.abc import Iterator
from datetime import datetime

from audit.model.profile import Outcome, Profile, ProfilePost, Standing, unread
from audit.model.value import Reason, Unknown
from audit.model.web import Failure
from scrapers.parse.urls import join
from scrapers.platforms._base import GONE, Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms._proof import Proof, gone, timeline, why
from scrapers.platforms._ratings import rated, stores
from scrapers.platforms._values import Json, instant, text_of, whole

LOOKUP = "https://itunes.apple.com/lookup"
MOST = 200
_RULE = "platform.app-store"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Look the app or the developer up in the first store that has it."""
    developer = "/developer/" in ask.url
    more = f"&entity=software&limit={MOST}" if developer else ""
    for country in stores(ask):
        found = yield from answer(f"{LOOKUP}?id={ask.handle}&country={country}{more}")
        if isinstance(found, Failure):
            return why(found)
        if whole(found.at("resultCount")) is None:
            return unread(Outcome.PARSE_FAILED, "no count of results where it used to be")
        apps = [each for each in found.listed("results") if _is_app(each)]
        if developer and found.listed("results"):
            return _developer(ask, found, apps)
        if apps:
            return _app(ask, Proof(found.page, _RULE), apps[0], country)
    return (yield from _missing(ask))


def _is_app(said: Json) -> bool:
    return said.get("wrapperType") == "software" or "software" in text_of(said.get("kind"))


def _missing(ask: Ask) -> Steps[Profile | Unknown]:
    """No store has it; that it is gone is certain only where its page is gone too."""
    found = yield from page(ask.url)
    said = f"not in the store of {' or '.join(stores(ask)).upper()}"
    if isinstance(found, Failure):
        return gone(found, _RULE, said) if found.reason in GONE else why(found)
    return Unknown(reason=Reason.BAD_CONTENT, detail=f"{said}, though a page answers")


def _app(ask: Ask, proof: Proof, said: Json, country: str) -> Profile:
    name, version = text_of(said.get("trackName")), text_of(said.get("version"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name} {version}, store of {country.upper()}"),),
        account=ask.handle,
        name=name,
        about=text_of(said.get("description")),
        figures=rated(proof, said.get("averageUserRating"), said.get("userRatingCount")),
        links=_site(said),
        created_at=_at(said.get("releaseDate")),
        updated_at=_at(said.get("currentVersionReleaseDate")),
    )


def _site(said: Json) -> tuple[str, ...]:
    url = join(text_of(said.get("sellerUrl")), "")
    return (url,) if url is not None else ()


def _at(said: object) -> datetime | None:
    dated = instant(said)
    return dated.at if dated is not None else None


def _developer(ask: Ask, found: Answer, apps: list[Json]) -> Profile:
    """A developer's apps, each at the date of its last version."""
    proof = Proof(found.page, _RULE)
    name = next((text_of(each.get("artistName")) for each in found.listed("results")), "")
    posts = sorted(_releases(apps, proof), key=_time, reverse=True)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {len(posts)} apps"),),
        account=ask.handle,
        name=name,
        timeline=timeline(posts, ask, truncated=len(apps) >= MOST),
        links=tuple(dict.fromkeys(url for each in apps for url in _site(each))),
        updated_at=next((post.published.at for post in posts if post.published), None),
    )


def _releases(apps: list[Json], proof: Proof) -> Iterator[ProfilePost]:
    for each in apps:
        url = join(text_of(each.get("trackViewUrl")), "")
        title = text_of(each.get("trackName"))
        if url is None or not title:
            continue
        version, made = text_of(each.get("version")), instant(each.get("currentVersionReleaseDate"))
        yield ProfilePost(
            url=url.partition("?")[0],
            title=f"{title} {version}".strip(),
            text=text_of(each.get("releaseNotes")),
            published=made,
            evidence=proof.of(f"{text_of(each.get('currentVersionReleaseDate'))} {title}"),
            format="release",
        )


def _time(post: ProfilePost) -> float:
    return post.published.at.timestamp() if post.published is not None else 0.0


PLATFORM = Platform(
    name="app-store",
    read=read,
    audience="",
    public="rating, number of ratings, date of the last version; of a developer, all apps",
    confidence=Confidence.TOOLS,
    pace=3.0,
)
