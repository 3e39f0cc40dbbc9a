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
        apps = [result for result in entry.answer.items("results") if _is_app(result)]
        return _developer(ask, entry, apps)
    return _app(ask, entry)


def _is_any(result: kit.Json) -> bool:
    """Tell whether a result can be the developer: it is listed before the apps, so the first is."""
    return bool(result)


def _is_app(result: kit.Json) -> bool:
    """Tell whether a result is an app, by either of the two fields that call it software."""
    return result.get("wrapperType") == "software" or "software" in kit.text_of(result.get("kind"))


def _app(ask: kit.Ask, entry: kit.Entry) -> kit.Profile:
    """Return the profile of one app: its rating and its last version, no posts."""
    app, proof = entry.item, kit.Proof(entry.answer.page, _RULE)
    name, version = kit.text_of(app.get("trackName")), kit.text_of(app.get("version"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name} {version}, store of {entry.country.upper()}"),),
        account=ask.handle,
        name=name,
        about=kit.text_of(app.get("description")),
        figures=kit.rating_figures(proof, app.get("averageUserRating"), app.get("userRatingCount")),
        links=kit.site_in(app.get("sellerUrl")),
        created_at=kit.time_of(app.get("releaseDate")),
        updated_at=kit.time_of(app.get("currentVersionReleaseDate")),
    )


def _developer(ask: kit.Ask, entry: kit.Entry, apps: list[kit.Json]) -> kit.Profile:
    """Return the profile of a developer, whose posts are the apps, dated by their last versions."""
    proof, name = kit.Proof(entry.answer.page, _RULE), kit.text_of(entry.item.get("artistName"))
    posts = kit.newest_first(_releases(apps, proof))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {len(posts)} apps"),),
        account=ask.handle,
        name=name,
        # There is no second page of a lookup: behind a full answer there may be more apps.
        timeline=kit.timeline_of(posts, ask, truncated=len(apps) >= kit.MOST),
        links=kit.distinct(*(kit.site_in(app.get("sellerUrl")) for app in apps)),
        updated_at=next((post.published.at for post in posts if post.published), None),
    )


def _releases(apps: list[kit.Json], proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    """Give the last version of each app as a post; apps without a page or a name are left out."""
    for app in apps:
        url = join(kit.text_of(app.get("trackViewUrl")), "")
        title = kit.text_of(app.get("trackName"))
        if url is None or not title:
            continue
        version, stamp = kit.text_of(app.get("version")), app.get("currentVersionReleaseDate")
        yield kit.ProfilePost(
            # Apple adds ?uo=4 to addresses of the lookup; the page is the same without.
            url=url.partition("?")[0],
            title=f"{title} {version}".strip(),
            text=kit.text_of(app.get("releaseNotes")),
            published=kit.dated_at(stamp),
            evidence=proof.of(f"{kit.text_of(stamp)} {title}"),
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
