"""Name the plugins and apps that a site has installed and that no rule knows."""

import re
from collections.abc import Iterator

from scrapers.page.names import plain_words
from scrapers.page.rules import Rules
from scrapers.parse.document import Document
from scrapers.parse.text import holds
from scrapers.parse.urls import host_of, registrable

_PLUGIN = re.compile(
    r"/(?:(?:wp-content/)?(?:mu-)?plugins|modules/contrib|typo3conf/ext)/([\w-]{4,60})/", re.I
)
"""The folder of a plugin on the site's own host, or where its files are delivered from."""

_APP = re.compile(
    r"^https://cdn\.shopify\.com/extensions/[\w-]{1,60}/(?:[\d.]{1,20}/)?"
    r"([a-z][a-z0-9-]{1,60}?)(?:-v?[\d.]{1,12}){0,3}/assets/"
)
"""A file of an app that a shop has installed: its maker's name for it, with its version behind."""

_NO_NAMES = frozenset(
    {
        *("app", "apps", "block", "blocks", "checkout", "client", "core", "embed", "ext", "main"),
        *("extension", "extensions", "js", "new", "online", "pixel", "prod", "production", "web"),
        *("shopify", "store", "storefront", "theme", "themes", "ui", "widget", "widgets"),
    }
)
"""Words that makers of apps call a part of any of them."""


def installed(document: Document, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Yield (name, feature, address) for each plugin or app for which there is no rule.

    Of plugins those whose names tell what they are for: most are tools of who keeps the site. An
    app of a shop is a service, whatever it is for; its feature is then empty.
    """
    own = {registrable(host_of(document.url)), *rules.signals.carriers}
    seen: set[str] = set()
    for url in (*document.scripts, *document.styles):
        app = _APP.match(url)
        match = app or _PLUGIN.search(url)
        name = match[1].lower() if match is not None else ""
        if not name or name in seen:
            continue
        seen.add(name)
        feature = _purpose(name, rules)
        if app is not None and not _NO_NAMES.issuperset(name.split("-")):
            yield name, feature, url
        is_own = app is None and registrable(host_of(url)) in own
        if is_own and feature and not _is_known(name, url, rules):
            yield name, feature, url


def _purpose(name: str, rules: Rules) -> str:
    """Return the feature that the words of a name tell; empty for none, or for several."""
    text = f" {plain_words(name.replace('_', ' '))} "
    told = {feature for feature, phrases in rules.embedded_words.items() if holds(text, phrases)}
    return told.pop() if len(told) == 1 else ""


def _is_known(name: str, url: str, rules: Rules) -> bool:
    """Tell whether a rule names the folder of a plugin."""
    return any(name in mark.value.lower() for mark, _ in rules.signals.paths.find(url))
