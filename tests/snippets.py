"""Snippets as vendors document them, and near misses: what the rules are held against.

They are written from the vendors' documentation and know nothing of the rules, so that a host, a
class or a strength that is wrong in the catalogue is seen. One file a feature lies in
`tests/scrapers/page/snippets`; docs/add-a-rule.md says what a record holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from scrapers.page.index import SignalIndex
from scrapers.parse.urls import registrable
from tests.analysed import signals_of

FOLDER = Path(__file__).parent / "scrapers" / "page" / "snippets"
_ADDRESS = re.compile(
    r"<(script|iframe|a|form)\b[^<>]{0,300}?(?:src|href|action)=[\"']?"
    r"(?:https?:)?//([\w.-]{4,100})([^\s\"'<>]{0,200})"
)
"""An address that an element bears: the element, the host, the rest."""

_KEYS = frozenset({"product", "home", "documented", "fires", "silent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """A product as its vendor documents it: `fires` are pages that bear it, `silent` are not.

    `home` is the vendor's start page, `documented` where the snippet is documented.
    """

    feature: str
    product: str
    home: str
    documented: str
    fires: tuple[str, ...]
    silent: tuple[str, ...]


@cache
def documented(feature: str) -> tuple[Documented, ...]:
    """Return the products of a feature's file, in its order."""
    records = YAML(typ="safe").load((FOLDER / f"{feature}.yaml").read_text("utf-8"))
    assert all(set(record) <= _KEYS for record in records)
    return tuple(
        Documented(
            feature=feature,
            product=record["product"],
            home=record["home"],
            documented=record["documented"],
            fires=tuple(record["fires"]),
            silent=tuple(record.get("silent", ())),
        )
        for record in records
    )


def features() -> list[str]:
    """Return the features that have a file."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def faults(entry: Documented, index: SignalIndex) -> Iterator[str]:
    """Say what some rules make wrong of a product."""
    for html in entry.fires:
        if not stands_alone(entry, html, index):
            yield f"{entry.feature} {entry.product}: is not seen in {html}"
    for html in (*entry.silent, *near_misses(entry)):
        if stands_alone(entry, html, index):
            yield f"{entry.feature} {entry.product}: is seen in {html}"


def stands_alone(entry: Documented, html: str, index: SignalIndex) -> bool:
    """Tell whether a page is enough for rules to say that the product is there.

    A link stands in the foot, where a site links its own: in a text it may be anybody's.
    """
    placed = f"<footer>{html}</footer>" if html.startswith("<a ") else html
    return any(
        signal.strong and not signal.told
        for signal in signals_of(placed, index)
        if (signal.feature, signal.vendor) == (entry.feature, entry.product)
    )


def near_misses(entry: Documented) -> Iterator[str]:
    """Yield pages that look like a product's and are not.

    A text that names and links the vendor, and for each address of a snippet two of others: one
    that holds the host, and one whose domain ends alike.
    """
    yield (
        f"<article><h1>{entry.product} in a year</h1><p>We compared {entry.product} with others, "
        f'and <a href="{entry.home}">their site</a> says how it works.</p></article>'
    )
    for html in entry.fires:
        for element, host, rest in _ADDRESS.findall(html):
            if not host.endswith(".example"):
                domain = registrable(host)
                yield _element(element, f"{host}.pumps.example{rest}")
                yield _element(element, f"{host.removesuffix(domain)}not{domain}{rest}")


def _element(name: str, address: str) -> str:
    """Return an element that bears an address."""
    attribute = {"a": "href", "form": "action"}.get(name, "src")
    return f'<{name} {attribute}="https://{address}"></{name}>'
