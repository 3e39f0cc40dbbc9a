"""What an address is worth to a visit with a small budget, and which are worth nothing."""

from audit.model.facts import Area

WORTH = {
    "blog": 20,
    "news": 21,
    "podcast": 22,
    "forum": 23,
    "wiki": 24,
    "community": 25,
    "contact": 26,
    "about": 27,
    "help": 28,
    "docs": 29,
    "newsletter": 30,
    "reviews": 31,
    "press": 32,
    "events": 33,
    "careers": 35,
    "glossary": 36,
    "case_studies": 37,
    "calculator": 37,
    "configurator": 37,
    "subscribe": 34,
}
START, SITEMAP, FEED, SOURCE = 0, 5, 10, 12
PAGING, DATING, GUESSED, SAMPLE, OTHER = 24, 26, 40, 45, 60
"""The order of requests; a lower number goes first."""

MENUS = {Area.HEADER, Area.NAV, Area.FOOTER}
BINARY = frozenset(
    {
        *("jpg", "jpeg", "png", "gif", "svg", "webp", "ico", "bmp", "avif", "pdf", "zip", "gz"),
        *("tar", "rar", "7z", "exe", "dmg", "apk", "msi", "mp3", "mp4", "m4a", "avi", "mov", "wav"),
        *("ogg", "webm", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "csv", "css", "js", "woff"),
        *("woff2", "ttf", "eot", "ics", "vcf", "epub", "psd", "ai", "eps", "swf", "torrent"),
    }
)
USELESS = frozenset(
    {
        *(
            "login",
            "signin",
            "sign-in",
            "signup",
            "sign-up",
            "register",
            "logout",
            "cart",
            "basket",
        ),
        *("checkout", "wishlist", "account", "my-account", "search", "suche", "print", "share"),
        *("wp-admin", "wp-login.php", "wp-json", "cgi-bin", "tag", "tags", "author", "cdn-cgi"),
        *("warenkorb", "kasse", "panier", "carrito", "compare", "calendar", "replytocom"),
    }
)
FEED_ENDINGS = ("/feed", "/feed.xml", "/rss.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")
