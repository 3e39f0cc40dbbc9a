"""Tell whose a domain is: one vendor's, with all its hosts, or one that many share."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from audit.model.catalogue import FeatureRule, Strength
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import registrable

ADDRESSED = ("script", "frame", "form", "link")
"""Places of a rule whose marks are addresses."""

EMBEDDED = ("script", "frame", "form")
"""Those of them whose addresses a page loads or sends to, and does not only link."""

_REGIONS = frozenset(
    {
        *("africa", "amer", "americas", "ap", "apac", "apj", "apne", "apse", "asia", "au", "br"),
        *("ca", "central", "cn", "de", "east", "emea", "eu", "euc", "europe", "euw", "fr"),
        *(
            "global",
            "hk",
            "in",
            "int",
            "intl",
            "jp",
            "kr",
            "latam",
            "mea",
            "na",
            "north",
            "ru",
            "sa",
            "se",
        ),
        *("sa", "se", "sea", "sg", "south", "tw", "uk", "us", "use", "usw", "west", "ww"),
    }
)
"""Parts of a host's labels that tell where it stands, and nothing of what it serves."""

_NUMBER = re.compile(r"v?\d+")


@remembered(8_192)
def plain_host(host: str) -> str:
    """Return a host without numbers and regions: `cdn-apac2.acme.example` is `cdn.acme.example`."""
    domain = registrable(host)
    before = host.removesuffix(domain).strip(".")
    labels = [_plain_label(label) for label in before.split(".")]
    return ".".join((*(label for label in labels if label), domain))


def _plain_label(label: str) -> str:
    """Return a label without the parts that are numbers or regions, and numbers at its end."""
    parts = [part.rstrip("0123456789") for part in label.split("-") if not _NUMBER.fullmatch(part)]
    return "-".join(part for part in parts if part and part not in _REGIONS)


def own_domains(rules: Iterable[FeatureRule], shared: Collection[str]) -> frozenset[str]:
    """Return the domains on which rules know one vendor with one feature, and that nobody shares.

    All hosts of such a domain may stand for its vendor. `Acme` and `Acme Reviews` are one vendor.
    """
    vendors: dict[str, set[str]] = defaultdict(set)
    features: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        for place in ADDRESSED:
            for domain in {domain_of(value) for value in getattr(rule, place)}:
                vendors[domain].add(_letters(rule.vendor))
                if place in EMBEDDED and rule.strength is Strength.STRONG:
                    features[domain].add(rule.feature)
    return frozenset(
        domain
        for domain, names in vendors.items()
        if domain not in shared and _are_one(names) and len(features[domain]) == 1
    )


def domain_of(value: str) -> str:
    """Return the domain of a mark such as `cdn.acme.example/widget`."""
    return registrable(value.lower().partition("/")[0])


def _letters(vendor: str) -> str:
    """Return a vendor's name without capitals, signs and spaces."""
    return re.sub(r"[\W_]", "", vendor.casefold())


def _are_one(names: Collection[str]) -> bool:
    """Tell whether names begin with the shortest of them; what has no name is nobody's."""
    shortest = min(names, key=len)
    return bool(shortest) and all(name.startswith(shortest) for name in names)
