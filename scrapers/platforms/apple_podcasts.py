"""Apple Podcasts: the directory's entry by Apple's open lookup, episodes by the show's own feed."""

from collections.abc import Iterator

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.urls import join
from scrapers.parse.values import Json, instant, text_of, time_of, whole
from scrapers.platforms.kit.apple import LOOKUP, MOST, Entry, in_no_store, look_up
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer, feed
from scrapers.platforms.kit.podcast import Show, read_show
from scrapers.platforms.kit.proof import Proof, newest_first, timeline, why

_RULE = "platform.apple-podcasts"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Look the show up, then read its feed."""
    entry = yield from look_up(ask, "entity=podcast&country={country}", _is_show)
    if isinstance(entry, Unknown):
        return entry
    if entry is None:
        url = f"https://podcasts.apple.com/podcast/id{ask.handle}"
        return (yield from in_no_store(ask, url, _RULE))
    return (yield from _profile(ask, entry))


def _is_show(said: Json) -> bool:
    return said.get("kind") == "podcast" or "feedUrl" in said


def _profile(ask: Ask, entry: Entry) -> Steps[Profile]:
    proof, said = Proof(entry.found.page, _RULE), entry.said
    name, listed = text_of(said.get("collectionName")), whole(said.get("trackCount"))
    show = yield from _show(text_of(said.get("feedUrl")))
    line = (
        _timeline(show, ask, listed)
        if isinstance(show, Show)
        else (yield from _episodes(ask, entry.country, listed, show))
    )
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {listed} episodes"),),
        account=ask.handle,
        name=name,
        about=show.about if isinstance(show, Show) else "",
        figures=(proof.figure(Count.EPISODES, said.get("trackCount")),),
        timeline=line,
        links=(show.site,) if isinstance(show, Show) and show.site else (),
        updated_at=time_of(said.get("releaseDate")) if isinstance(line, Unknown) else None,
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
    posts = newest_first(show.posts)
    return timeline(posts, ask, truncated=listed is not None and listed > show.listed)


def _episodes(
    ask: Ask, country: str, listed: int | None, reason: Unknown
) -> Steps[Timeline | Unknown]:
    """The newest episodes that the directory lists, where the feed cannot be read."""
    found = yield from answer(
        f"{LOOKUP}?id={ask.handle}&entity=podcastEpisode&limit={MOST}&country={country}"
    )
    posts = [] if isinstance(found, Failure) else newest_first(_listed(found))
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
