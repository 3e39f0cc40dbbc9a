"""Apple Podcasts: the directory's entry by Apple's open lookup, episodes by the show's own feed."""

from collections.abc import Iterator

from scrapers.parse.urls import join
from scrapers.platforms import kit

_RULE = "platform.apple-podcasts"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Look the show up, then read its feed."""
    entry = yield from kit.look_up(ask, "entity=podcast&country={country}", _is_show)
    if isinstance(entry, kit.Unknown):
        return entry
    if entry is None:
        url = f"https://podcasts.apple.com/podcast/id{ask.handle}"
        return (yield from kit.in_no_store(ask, url, _RULE))
    return (yield from _profile(ask, entry))


def _is_show(result: kit.Json) -> bool:
    """Tell whether a result of the lookup is a podcast."""
    return result.get("kind") == "podcast" or "feedUrl" in result


def _profile(ask: kit.Ask, entry: kit.Entry) -> kit.Steps[kit.Profile]:
    """Read the show's feed, and where that cannot be read the episodes that the directory lists."""
    proof, item = kit.Proof(entry.answer.page, _RULE), entry.item
    name, listed = kit.text_of(item.get("collectionName")), kit.count_of(item.get("trackCount"))
    show = yield from _show(kit.text_of(item.get("feedUrl")))
    line = (
        _timeline(show, ask, listed)
        if isinstance(show, kit.Show)
        else (yield from _episodes(ask, entry.country, listed, show))
    )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {listed} episodes"),),
        account=ask.handle,
        name=name,
        about=show.about if isinstance(show, kit.Show) else "",
        figures=(proof.figure(kit.Count.EPISODES, item.get("trackCount")),),
        timeline=line,
        links=(show.site,) if isinstance(show, kit.Show) and show.site else (),
        updated_at=kit.time_of(item.get("releaseDate")) if isinstance(line, kit.Unknown) else None,
    )


def _show(address: str) -> kit.Steps[kit.Show | kit.Unknown]:
    """Read the feed at the address that the directory names; some shows have none there."""
    url = join(address, "") if address else None
    if url is None:
        return kit.unread(kit.Outcome.HIDDEN, "the directory names no feed of this show")
    page = yield from kit.ask_feed(url)
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    return kit.read_show(page, _RULE) or kit.unread(
        kit.Outcome.PARSE_FAILED, "the feed is no podcast's"
    )


def _timeline(show: kit.Show, ask: kit.Ask, listed: int | None) -> kit.Timeline:
    """Return the episodes of the feed; `listed` is the directory's own number of them.

    Hosts cut old episodes off a feed; the directory keeps the true number, which tells.
    """
    posts = kit.newest_first(show.posts)
    return kit.timeline_of(posts, ask, truncated=listed is not None and listed > show.listed)


def _episodes(
    ask: kit.Ask, country: str, listed: int | None, reason: kit.Unknown
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the newest episodes that the directory lists; `reason` is why the feed was not read."""
    answer = yield from kit.ask_json(
        f"{kit.LOOKUP}?id={ask.handle}&entity=podcastEpisode&limit={kit.MOST}&country={country}"
    )
    posts = [] if isinstance(answer, kit.Failure) else kit.newest_first(_listed(answer))
    if not posts:
        return reason
    return kit.timeline_of(posts, ask, truncated=listed is None or listed > len(posts))


def _listed(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the episodes of a lookup as posts; its first result is the show itself."""
    proof = kit.Proof(answer.page, _RULE)
    for episode in answer.items("results"):
        title, stamp = kit.text_of(episode.get("trackName")), episode.get("releaseDate")
        url = join(kit.text_of(episode.get("trackViewUrl")), "")
        if episode.get("wrapperType") != "podcastEpisode" or not title or url is None:
            continue
        yield kit.ProfilePost(
            url=url,
            title=title,
            text=kit.text_of(episode.get("description")),
            published=kit.dated_at(stamp),
            evidence=proof.of(f"{kit.text_of(stamp)} {title}"),
            format="video" if episode.get("episodeContentType") == "video" else "audio",
        )


PLATFORM = kit.Platform(
    name="apple-podcasts",
    read=read,
    audience="",
    public="number of episodes, and every full episode of the show's own feed",
    confidence=kit.Confidence.TOOLS,
    pace=3.0,
)
