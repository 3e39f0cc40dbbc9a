"""Which groups of a robots.txt are ours, found in one pass, however many there are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_AGENT = frozenset({"user-agent", "useragent", "user agent"})
_SITE = frozenset({"sitemap", "sitemaps", "site-map", "host"})
_RULE = frozenset(
    {
        *("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw", "allow"),
        *("crawl-delay", "crawl delay", "request-rate", "request rate"),
        *("visit-time", "visit time"),
    }
)
_KNOWN = _AGENT | _SITE | _RULE
"""Directives as Protego reads them, with the misspellings that it forgives."""

# People write `User-agent: bot/1.0`, though a name has no version (RFC 9309, 2.2.1). The possessive
# signs keep a long line from being tried again and again.
_VERSION = re.compile(r"([a-z_-]++)/\S*+")
MAX_SITEMAPS = 100


@dataclass(slots=True)
class _Group:
    """The names of agents that stand together, and the rules below them.

    `begun`: a rule has come, so that the next name opens another group.
    """

    names: set[str] = field(default_factory=set)
    rules: list[str] = field(default_factory=list)
    begun: bool = False


def own_groups(text: str, token: str) -> str:
    """Return the rules of the groups that name us best, and the lines of the whole site.

    A name is ours where ours begins with it; the longest counts, `*` least (RFC 9309, 2.2.1). All
    rules stand under that one name: Protego gives each rule to each of the names above it, which a
    file of thousands of both makes endless.
    """
    groups, site = _groups(text)
    names = {name for group in groups for name in group.names}
    ours = [name for name in names if name != "*" and token.lower().startswith(name)]
    best = max(ours, key=len, default="*" if "*" in names else "")
    rules = [rule for group in groups if best in group.names for rule in group.rules]
    return "\n".join([*([f"User-agent: {best}"] if best else []), *rules, *site])


def _groups(text: str) -> tuple[Sequence[_Group], Sequence[str]]:
    """Return the groups of a file in their order, and the lines that belong to none."""
    groups = [_Group()]
    site: list[str] = []
    for name, value, line in _directives(text):
        if name in _SITE:
            site += [line] if len(site) < MAX_SITEMAPS else []
        elif name in _AGENT:
            if groups[-1].begun:
                groups.append(_Group())
            plain = _VERSION.sub(r"\1", value.lower())
            groups[-1].names.update({plain, plain.replace("*", "") if plain != "*" else ""} - {""})
        else:
            groups[-1].begun = True
            # An empty `Disallow:` forbids nothing, but it ends the list of names above it.
            groups[-1].rules += [line] if name in _RULE and value else []
    return groups, site


def _directives(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and whole line of each line that has both, written as people write them.

    Some leave the colon out (`Disallow /private`), some write it within a value: then the first
    word or two are the name, if it is one we know.
    """
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        before, colon, after = line.partition(":")
        name = before.strip().lower()
        if not line or (colon and (name in _KNOWN or not after or after[0].isspace())):
            if line:
                yield name, after.strip(), line
            continue
        words = line.split(None, 2)
        for count in (1, 2):
            if (directive := " ".join(words[:count]).lower()) in _KNOWN:
                yield directive, " ".join(words[count:]), line
                break
        else:
            if colon:
                yield name, after.strip(), line
