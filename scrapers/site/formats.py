"""The format of a post on a site by what its own page says that it is."""

from collections.abc import Sequence

from scrapers.parse.published import ARTICLES

_OF_TYPE = {
    "PodcastEpisode": "audio",
    "AudioObject": "audio",
    "RadioEpisode": "audio",
    "VideoObject": "video",
    "og:video": "video",
    "ImageGallery": "image",
    "Event": "event",
    "PresentationDigitalDocument": "document",
    "TextDigitalDocument": "document",
}
"""Types of schema.org, and of Open Graph as they begin (`og:video.other`)."""

_WORDS = ARTICLES - {"PodcastEpisode"} | {"og:article"}
"""Types of a page of words: a film or a sound within it does not make it one."""


def format_of_types(types: Sequence[str]) -> str:
    """Return the format of a post by what its own page says that it is; empty where it does not.

    ("VideoObject", "WebPage") is a video, ("BlogPosting", "VideoObject") an article with a video.
    """
    names = [name.partition(".")[0] for name in types]
    if not _WORDS.isdisjoint(names):
        return ""
    return next((_OF_TYPE[name] for name in names if name in _OF_TYPE), "")
