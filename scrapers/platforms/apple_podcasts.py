"""Apple Podcasts: the directory's entry by Apple's open lookup, episodes by the show's own feed.

Facts: https://performance-partners.apple.com/search-api (lookup, 20 calls a minute, no key).
"""

from collections.abc import Iterator

from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Reason, Unknown
from audit.model.web import Failure
from scrapers.parse.urls import join
from scrapers.platforms._base import (
    GONE,
    Answer,
    Ask,
    Confidence,
    Platform,
    Steps,
    answer,
    feed,
    page,
)
from scrapers.platforms._podcast import Show, read_show
from scrapers.platforms._proof import Proof, gone, timeline, why
from scrapers.platforms._ratings import stores
from scrapers.platforms._values import Json, instant, text_of, whole

LOOKUP = "https://itunes.apple.com/lookup"
MOST = 200
_RULE = "platform.apple-podcasts"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Look the show up, then read its feed."""
    found: Answer | Failure | None = None
    for country in stores(ask):
        found = yield from answer(f"{LOOKUP}?id={ask.handle}&entity=podcast&country={country}")
        if isinstance(found, Failure):
            return why(found)
        if whole(found.at("resultCount")) is None:
            return unread(Outcome.PARSE_FAILED, "no count of results where it used to be")
        entry = next((each for each in found.listed("results") if _is_show(each)), None)
        if entry is not None:
            return (yield from _profile(ask, Proof(found.page, _RULE), entry, country))
    return (yield from _missing(ask))


def _is_show(said: Json) -> bool:
    return said.get("kind") == "podcast" or "feedUrl" in said


def _missing(ask: Ask) -> Steps[Profile | Unknown]:
    """No store knows the show; that it is gone is certain only where its page is gone too."""
    found = yield from page(f"https://podcasts.apple.com/podcast/id{ask.handle}")
    said = f"not in the directory of {' or '.join(stores(ask)).upper()}"
    if isinstance(found, Failure):
        return gone(found, _RULE, said) if found.reason in GONE else why(found)
    return Unknown(reason=Reason.BAD_CONTENT, detail=f"{said}, though a page answers")


def _profile(ask: Ask, proof: Proof, entry: Json, country: str) -> Steps[Profile | Unknown]:
    name, listed = text_of(entry.get("collectionName")), whole(entry.get("trackCount"))
    show = yield from _show(text_of(entry.get("feedUrl")))
    line = (
        _timeline(show, ask, listed)
        if isinstance(show, Show)
        else (yield from _episodes(ask, country, listed, show))
    )
    latest = instant(entry.get("releaseDate"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {listed} episodes"),),
        account=ask.handle,
        name=name,
        about=show.about if isinstance(show, Show) else "",
        figures=(
            ProfileFigure(
                count=Count.EPISODES, value=proof.count(entry.get("trackCount"), "episodes")
            ),
        ),
        timeline=line,
        links=(show.site,) if isinstance(show, Show) and show.site else (),
        updated_at=latest.at if latest is not None and isinstance(line, Unknown) else None,
    )


def _show(address: str) -> Steps[Show | Unknown]:
    url = join(address, "") if address else None
    if url is None:
        return unread(Outcome.HIDDEN, "the directory names no feed of this show")
    found = yield from feed(url)
    if isinstance(found, Failure):
        return why(found)
    return read_show(found, _RULE) or unread(Outcome.PARSE_FAILED, "the feed is no podcast's")


def _timeline(show: Show, ask: Ask, listed: int | None) -> Timeline:
    """The episodes of the feed; hosts cut old ones off, the directory keeps the true number."""
    posts = sorted(show.posts, key=_time, reverse=True)
    return timeline(posts, ask, truncated=listed is not None and listed > show.listed)


def _time(post: ProfilePost) -> float:
    return post.published.at.timestamp() if post.published is not None else 0.0


def _episodes(
    ask: Ask, country: str, listed: int | None, reason: Unknown
) -> Steps[Timeline | Unknown]:
    """The newest episodes that the directory lists, where the feed cannot be read."""
    found = yield from answer(
        f"{LOOKUP}?id={ask.handle}&entity=podcastEpisode&limit={MOST}&country={country}"
    )
    posts = [] if isinstance(found, Failure) else sorted(_listed(found), key=_time, reverse=True)
    if not posts:
        return reason
    return timeline(posts, ask, truncated=listed is None or listed > len(posts))


def _listed(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for each in found.listed("results"):
        title, made = text_of(each.get("trackName")), instant(each.get("releaseDate"))
        url = join(text_of(each.get("trackViewUrl")), "")
        if each.get("wrapperType") != "podcastEpisode" or not title or url is None:
            continue
        yield ProfilePost(
            url=url,
            title=title,
            text=text_of(each.get("description")),
            published=made,
            evidence=proof.of(f"{text_of(each.get('releaseDate'))} {title}"),
            format="video" if each.get("episodeContentType") == "video" else "audio",
        )


PLATFORM = Platform(
    name="apple-podcasts",
    read=read,
    audience="",
    public="number of episodes, and every full episode of the show's own feed",
    confidence=Confidence.TOOLS,
    pace=3.0,
)
