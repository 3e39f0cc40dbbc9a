"""What a reader of an interface that lists posts is, and all of them, found by their files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.families import offered_if_any
from audit.model.exchange import Page
from audit.model.facts import FeedPage, PageFacts
from scrapers.sources.source import software_of


@dataclass(frozen=True, slots=True)
class PostSource:
    """How to ask one software for all posts of its site, by a documented and public interface.

    `vendor` and `feature` are those of the rule that recognises the software on a page. `addresses`
    gives where the list begins. `read` reads a page of the list as it reads a feed, with the page
    behind it (`next_url`) and how many posts there are in all (`stated`); it gives None for an
    answer that is not as documented.
    """

    feature: str
    vendor: str
    addresses: Callable[[PageFacts], Sequence[str]]
    read: Callable[[Page], FeedPage | None]


@cache
def post_sources() -> Mapping[str, PostSource]:
    """Return all readers of posts by the names of their files, such as `posts.wordpress`.

    Raises:
        TypeError: a module offers a reader by another name than `SOURCE`.
    """
    # Readers import this module: they can be looked for only when it is complete.
    import scrapers.sources.posts as package

    names = sorted(module.name for module in iter_modules(package.__path__))
    modules = ((name, import_module(f"scrapers.sources.posts.{name}")) for name in names)
    offers = (
        (f"posts.{name}", offered_if_any(module, "SOURCE", PostSource, "docs/add-a-rule.md"))
        for name, module in modules
    )
    return {name: source for name, source in offers if source is not None}


def lists_worth_asking(facts: PageFacts) -> Sequence[tuple[str, str]]:
    """Return the lists of posts of the software that a page shows: (reader, address)."""
    known = software_of(facts)
    return [
        (name, address)
        for name, source in post_sources().items()
        if (source.feature, source.vendor) in known
        for address in source.addresses(facts)
    ]
