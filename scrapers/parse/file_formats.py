"""The format of what a file holds (audio, video, document), by its ending, else by its type."""

from scrapers.parse.urls import split

_ENDINGS = {
    "audio": "mp3 m4a m4b aac ogg oga opus wav flac wma",
    "video": "mp4 m4v mov webm ogv avi mkv mpg mpeg",
    "document": "pdf doc docx odt ppt pptx odp xls xlsx ods epub",
    "image": "jpg jpeg png gif webp avif svg",
}
_BY_ENDING = {ending: form for form, endings in _ENDINGS.items() for ending in endings.split()}
_BY_TYPE = {
    "audio/": "audio",
    "video/": "video",
    "image/": "image",
    "application/pdf": "document",
    "application/epub+zip": "document",
    "application/msword": "document",
    "application/vnd.": "document",
}
"""By how a media type begins."""


def format_of_file(address: str, media_type: str = "") -> str:
    """Return "audio", "video", "document" or "image"; empty where neither tells.

    `format_of_file("https://a.example/1.mp3?x=1")` is "audio". The ending counts before the type:
    types are often missing or wrong, as programs write one into all entries, or call files streams.
    """
    ending = split(address).path.rpartition(".")[2].lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    kind = media_type.strip().lower()
    return next((form for start, form in _BY_TYPE.items() if kind.startswith(start)), "")
