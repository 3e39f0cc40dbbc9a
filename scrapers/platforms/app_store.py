"""App Store: an app's rating, number of ratings and last version; a developer's apps.

Each country's store counts its own ratings.
"""

from collections.abc import Iterator

from scrapers.parse.urls import join
from scrapers.platforms import kit

_RULE = "platform.app-store"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Look the app or the developer up in the first store that has it."""
    developer = "/developer/" in ask.url
    query = "country={country}"
    if developer:
        query += f"&entity=software&limit={kit.MOST}"
    entry = yield from kit.look_up(ask, query, _is_any if developer else _is_app)
    if isinstance(entry, kit.Unknown):
        return entry
    if entry is None:
        return (yield from kit.in_no_store(ask, ask.url, _RULE))
    if developer:
        apps = [each for each in entry.answer.items("results") if _is_app(each)]
        return _developer(ask, entry, apps)
    return _app(ask, entry)


def _is_any(said: kit.Json) -> bool:
    """A developer is listed before the apps."""
    return bool(said)


def _is_app(said: kit.Json) -> bool:
    return said.get("wrapperType") == "software" or "software" in kit.text_of(said.get("kind"))


def _app(ask: kit.Ask, entry: kit.Entry) -> kit.Profile:
    said, proof = entry.item, kit.Proof(entry.answer.page, _RULE)
    name, version = kit.text_of(said.get("trackName")), kit.text_of(said.get("version"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name} {version}, store of {entry.country.upper()}"),),
        account=ask.handle,
        name=name,
        about=kit.text_of(said.get("description")),
        figures=kit.rating_figures(
            proof, said.get("averageUserRating"), said.get("userRatingCount")
        ),
        links=kit.site_in(said.get("sellerUrl")),
        created_at=kit.time_of(said.get("releaseDate")),
        updated_at=kit.time_of(said.get("currentVersionReleaseDate")),
    )


def _developer(ask: kit.Ask, entry: kit.Entry, apps: list[kit.Json]) -> kit.Profile:
    """A developer's apps, each at the date of its last version."""
    proof, name = kit.Proof(entry.answer.page, _RULE), kit.text_of(entry.item.get("artistName"))
    posts = kit.newest_first(_releases(apps, proof))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {len(posts)} apps"),),
        account=ask.handle,
        name=name,
        timeline=kit.timeline_of(posts, ask, truncated=len(apps) >= kit.MOST),
        links=kit.distinct(*(kit.site_in(each.get("sellerUrl")) for each in apps)),
        updated_at=next((post.published.at for post in posts if post.published), None),
    )


def _releases(apps: list[kit.Json], proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    for each in apps:
        url = join(kit.text_of(each.get("trackViewUrl")), "")
        title = kit.text_of(each.get("trackName"))
        if url is None or not title:
            continue
        version, made = (
            kit.text_of(each.get("version")),
            kit.dated_at(each.get("currentVersionReleaseDate")),
        )
        yield kit.ProfilePost(
            url=url.partition("?")[0],
            title=f"{title} {version}".strip(),
            text=kit.text_of(each.get("releaseNotes")),
            published=made,
            evidence=proof.of(f"{kit.text_of(each.get('currentVersionReleaseDate'))} {title}"),
            format="release",
        )


PLATFORM = kit.Platform(
    name="app-store",
    read=read,
    audience="",
    public="rating, number of ratings, date of the last version; of a developer, all apps",
    confidence=kit.Confidence.TOOLS,
    pace=3.0,
)
