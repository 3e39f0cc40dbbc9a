"""The limits of a fetch; every number is one that reliability asks for."""

from audit.model.exchange import Kind

HEADERS = 100
HEADER_BYTES = 64 * 1024
"""Of one answer; one with more is `too-large`."""

PIECES = 5_000
PIECE_BYTES = 32
"""A body in more pieces than this has at least so many bytes in each, on average."""

REDIRECTS = 10
ROBOTS_REDIRECTS = 5
"""RFC 9309, 2.3.1.2 asks for five at least."""

RETRIES = 2
RETRY_STATUS = frozenset({429, 502, 503, 504})
"""What these answer may be another answer in a moment; so often it is asked for again."""

RETRY_AFTER_SECONDS = 30.0
"""A server that asks to wait for longer is left alone for the run."""

CRAWL_DELAY_SECONDS = 10.0
"""A longer Crawl-delay is cut to this: the visit of a site has `SITE_SECONDS` altogether."""

URL_CHARACTERS = 2_000
SITE_SECONDS = 600.0
"""One company's visit takes no longer than this."""

BROWSER_SECONDS = 30.0
"""A page that a browser has not drawn by then is given up, and the browser with it."""

ACCEPT = {
    Kind.PAGE: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
    Kind.FEED: "application/rss+xml,application/atom+xml,application/feed+json,"
    "application/xml;q=0.9,*/*;q=0.5",
    Kind.SITEMAP: "application/xml,text/xml,*/*;q=0.5",
    Kind.ROBOTS: "text/plain,*/*;q=0.5",
    Kind.DATA: "application/json,application/xml;q=0.9,*/*;q=0.5",
    Kind.PART: "*/*",
}

NO_TEXT = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/json",
    "application/octet-stream",
    "application/vnd.",
    "application/msword",
    "application/x-msdownload",
)
"""What a web page never is."""
