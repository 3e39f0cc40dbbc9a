"""App Store: an app's rating, number of ratings and last version; a developer's apps.

Each country's store counts its own ratings.
"""

from collections.abc import Iterator

from audit.model.profile import Profile, ProfilePost, Standing
from audit.model.value import Unknown
from scrapers.parse.urls import join
from scrapers.parse.values import Json, instant, once, site_of, text_of, time_of
from scrapers.platforms.kit.apple import MOST, Entry, in_no_store, look_up
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps
from scrapers.platforms.kit.proof import Proof, newest_first, timeline
from scrapers.platforms.kit.ratings import rated

_RULE = "platform.app-store"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Look the app or the developer up in the first store that has it."""
    developer = "/developer/" in ask.url
    query = "country={country}"
    if developer:
        query += f"&entity=software&limit={MOST}"
    entry = yield from look_up(ask, query, _is_any if developer else _is_app)
    if isinstance(entry, Unknown):
        return entry
    if entry is None:
        return (yield from in_no_store(ask, ask.url, _RULE))
    if developer:
        apps = [each for each in entry.found.listed("results") if _is_app(each)]
        return _developer(ask, entry, apps)
    return _app(ask, entry)


def _is_any(said: Json) -> bool:
    """A developer is listed before the apps."""
    return bool(said)


def _is_app(said: Json) -> bool:
    return said.get("wrapperType") == "software" or "software" in text_of(said.get("kind"))


def _app(ask: Ask, entry: Entry) -> Profile:
    said, proof = entry.said, Proof(entry.found.page, _RULE)
    name, version = text_of(said.get("trackName")), text_of(said.get("version"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name} {version}, store of {entry.country.upper()}"),),
        account=ask.handle,
        name=name,
        about=text_of(said.get("description")),
        figures=rated(proof, said.get("averageUserRating"), said.get("userRatingCount")),
        links=site_of(said.get("sellerUrl")),
        created_at=time_of(said.get("releaseDate")),
        updated_at=time_of(said.get("currentVersionReleaseDate")),
    )


def _developer(ask: Ask, entry: Entry, apps: list[Json]) -> Profile:
    """A developer's apps, each at the date of its last version."""
    proof, name = Proof(entry.found.page, _RULE), text_of(entry.said.get("artistName"))
    posts = newest_first(_releases(apps, proof))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {len(posts)} apps"),),
        account=ask.handle,
        name=name,
        timeline=timeline(posts, ask, truncated=len(apps) >= MOST),
        links=once(*(site_of(each.get("sellerUrl")) for each in apps)),
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


PLATFORM = Platform(
    name="app-store",
    read=read,
    audience="",
    public="rating, number of ratings, date of the last version; of a developer, all apps",
    confidence=Confidence.TOOLS,
    pace=3.0,
)
