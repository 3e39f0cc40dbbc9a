"""Gather where a site names each profile; nothing is decided here."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from audit.model.company import Company, ConfiguredChannel
from audit.model.facts import Area, ChannelLink, ChannelSource, PageFacts
from audit.model.value import Evidence
from scrapers.page.names import fit
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, in_letters, registrable
from scrapers.site.place import hosts_of_others

MAX_NAMES = 60
"""Names of a company that profiles are compared with; a site may call itself anything."""

_SURELY, _HARDLY = 0.8, 0.5
"""From this likeness on a label is the company's name, and below the other it is another's."""

MAX_PROFILES = 100
"""Profiles of one platform that are looked at on a company's site; more are other people's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Every profile that a site names, with all places where it does.

    `names` are those that the company goes by, `given` those among them that a person wrote or that
    its address bears. `host_owner` is the name of whom its host belongs to where that is somebody
    else: "meadow" for a project at `tulip.meadow.example`. `pages` is how many pages were read,
    `first_page` the address of the first ("" for none). `places` holds the links of one profile
    each, in the order in which the profiles were met.
    """

    names: tuple[str, ...]
    pages: int
    first_page: str
    places: tuple[tuple[ChannelLink, ...], ...]
    given: tuple[str, ...] = ()
    host_owner: str = ""


def sight(rules: Rules, company: Company, pages: Sequence[PageFacts]) -> Sightings:
    """Gather the links of each profile over all pages; runs in a worker, once a visit."""
    hosted = hosts_of_others(company, rules.catalogue.hosted)
    given = _given(company, pages, hosted)
    names = dict.fromkeys([*given, *(name for page in pages for name in page.names)])
    return Sightings(
        names=tuple(name for name in names if name)[:MAX_NAMES],
        given=given,
        host_owner=_host_owner(company, hosted),
        pages=len(pages),
        first_page=pages[0].url if pages else "",
        places=tuple(tuple(links) for links in _gathered(company, pages, rules).values()),
    )


def _given(company: Company, pages: Sequence[PageFacts], hosted: frozenset[str]) -> tuple[str, ...]:
    """Return the names that a person wrote, and those that the website's host bears.

    Of a host its domain, its first label and the domain with its ending count, as a handle may
    bear each: `shop.acmepumps.com` gives "acmepumps", "shop" and "acmepumpscom". The domain of
    whoever hosts the site is left out.
    """
    names = [company.name, *company.aliases]
    # The start page may have led to another domain than the one that the file names.
    for url in [company.website, *(page.url for page in pages[:1])]:
        host = in_letters(host_of(url).partition(":")[0])
        names.append(host.partition(".")[0])
        if not _host_owner(replace(company, website=url), hosted):
            domain = in_letters(registrable(host_of(url).partition(":")[0], hosted))
            names.append(domain.partition(".")[0])
            # What follows the name of one who has a subdomain (acme.wordpress.com) is its host's.
            if domain.partition(".")[2] not in hosted:
                names.append(domain.replace(".", ""))
    return tuple(dict.fromkeys(name for name in names if name))


def _host_owner(company: Company, hosted: frozenset[str]) -> str:
    """Return the name of whom the website's domain belongs to, where that is somebody else.

    The host then begins with the company's name, and its domain bears another: a project on the
    site of its foundation.
    """
    host = in_letters(host_of(company.website).partition(":")[0])
    domain = in_letters(registrable(host_of(company.website).partition(":")[0], hosted))
    first, label = host.partition(".")[0], domain.partition(".")[0]
    names = (company.name, *company.aliases)
    foreign = first != label and fit(first, names) >= _SURELY and fit(label, names) < _HARDLY
    return label if foreign else ""


def _gathered(
    company: Company, pages: Sequence[PageFacts], rules: Rules
) -> dict[str, list[ChannelLink]]:
    """Gather the links of each profile under one key for all its spellings.

    Those that a person named come first. Of a platform with more than MAX_PROFILES profiles the
    first are kept, with all places where they are named.
    """
    places: dict[str, list[ChannelLink]] = defaultdict(list)
    for configured in company.channels:
        link = _configured(configured, pages, rules)
        places[link.key].append(link)
    count = Counter(links[0].platform for links in places.values())
    for page in pages:
        for link in page.channels:
            key = link.key
            if key not in places:
                count[link.platform] += 1
            # Further places of a profile that is kept still count: they tell whose it is.
            if count[link.platform] <= MAX_PROFILES or key in places:
                places[key].append(link)
    return places


def _configured(
    channel: ConfiguredChannel, pages: Sequence[PageFacts], rules: Rules
) -> ChannelLink:
    """Take a profile that a person has named in competitors.yaml as a link of the site's header.

    An address that the catalogue does not know as a profile's is kept as it was written.
    """
    profile = rules.platforms.match(channel.url)
    if profile is not None and profile.platform != channel.platform:
        profile = None
    return ChannelLink(
        platform=channel.platform,
        url=profile.url if profile is not None else channel.url,
        handle=profile.handle if profile is not None else channel.url,
        key=profile.key if profile is not None else channel.url.casefold(),
        source=ChannelSource.CONFIG,
        area=Area.HEADER,
        text="",
        locator=channel.place,
        person=False,
        icons=1,
        evidence=_written(channel.url, channel.place, pages),
    )


def _written(url: str, place: str, pages: Sequence[PageFacts]) -> Evidence:
    """Return what a person wrote as evidence: the file and its line (`competitors.yaml:12`).

    Nothing was fetched for it, so it bears the time of the first page, as it does in a replay.
    """
    at = pages[0].fetched_at if pages else datetime(1970, 1, 1, tzinfo=UTC)
    return Evidence(url=url, fetched_at=at, rule="config.channel", excerpt=url, record=place)
