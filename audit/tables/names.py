"""Whose figures a row tells: companies by their names, platforms by theirs, profiles by address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from audit.model.by_hand import HandRecord
from audit.model.catalogue import PlatformRule
from audit.model.channel import Channel
from audit.model.company import Company, Competitors
from audit.model.past import website_key
from audit.tables.rows import TableError
from config.checks import nearest
from config.names import folded
from config.table_words import plain, table_words
from scrapers.page.addresses import PlatformIndex, ProfileAddress

Key = TypeVar("Key")
Value = TypeVar("Value")


class NamedProfile(NamedTuple):
    """A profile of a company: `company` is the key of its website; "" for what is not told.

    `url` is empty for the main profile of a platform.
    """

    company: str
    platform: str
    url: str


@dataclass(frozen=True, slots=True, eq=False)
class KnownNames:
    """By which names companies, platforms and profiles of a list are known.

    `companies` and `platforms` go by a name as `plain` has it; a name that two companies share is
    none. `by_address` goes by the key of a profile's address, `by_handle` by platform and handle.
    `titles` are the names of companies and of platforms as people write them; `platforms_of` are
    those on which profiles of a company are known, by its key; empty before
    the first run.
    """

    companies: Mapping[str, str]
    platforms: Mapping[str, str]
    by_address: Mapping[str, NamedProfile]
    by_handle: Mapping[tuple[str, str], NamedProfile]
    titles: Mapping[str, str]
    index: PlatformIndex
    platforms_of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def company(self, text: str) -> str:
        """Return the key of the company that a name, an address or a handle names; "" for none."""
        if (key := self.companies.get(plain(text))) is not None:
            return key
        return self.of_website(text) if "." in text else ""

    def of_website(self, text: str) -> str:
        """Return the key of the company whose website an address is, or leads into; "" for none."""
        address = text if "://" in text else f"https://{text}"
        whole = website_key(address.partition("?")[0].partition("#")[0])
        keys = set(self.companies.values())
        if whole in keys:
            return whole
        host = whole.partition("/")[0]
        # Two companies may have pages of their own on one host.
        on_host = [key for key in keys if key.partition("/")[0] == host]
        return on_host[0] if len(on_host) == 1 and on_host[0] == host else ""

    def platform(self, text: str) -> str:
        """Return the name of the platform that a text names; "" for none."""
        return self.platforms.get(plain(text), "")

    def address(self, text: str) -> ProfileAddress | None:
        """Return the profile that an address names, with or without its scheme."""
        if "://" in text:
            return self.index.match(text)
        return self.index.meant(text) or self.index.match(f"https://{text}")

    def profile(self, text: str, platform: str) -> NamedProfile | None:
        """Return the known profile that an address, a handle or the name of a company names."""
        if "/" in text and (address := self.address(text)) is not None:
            known = self.by_address.get(address.key)
            return known or NamedProfile("", address.platform, address.url)
        if (key := self.company(text)) != "":
            return NamedProfile(key, platform, "")
        return self.by_handle.get((platform, _handle(text))) if platform else None

    def are_of_one(self, one: HandRecord, other: HandRecord) -> bool:
        """Tell whether two records of a company and platform are about one profile.

        One without an address is about the main profile: which that is nobody tells of several.
        """
        urls = {each.url.casefold() for each in (one, other)}
        if len(urls) == 1 or "" not in urls:
            return len(urls) == 1
        known = {
            each.url.casefold()
            for each in self.by_address.values()
            if (each.company, each.platform) == (one.company, one.platform)
        }
        return len(known | (urls - {""})) == 1


def known_names(
    competitors: Competitors,
    platforms: Iterable[PlatformRule],
    channels: Mapping[str, tuple[Channel, ...]],
) -> KnownNames:
    """Return by which names all is known; `channels` are those of the last run, by company's key.

    Profiles that are perhaps theirs are none.
    """
    rules = tuple(platforms)
    index = PlatformIndex(rules)
    known = list(_profiles(competitors.companies, channels, index))
    return KnownNames(
        companies=_only_one(_company_names(competitors.companies, channels)),
        platforms=_platform_names(rules),
        by_address={key: profile for key, _, profile in known},
        by_handle=_only_one(
            ((profile.platform, handle), profile) for _, handle, profile in known if handle
        ),
        titles={website_key(each.website): each.name for each in competitors.companies}
        | {rule.name: rule.title for rule in rules},
        index=index,
        platforms_of=_platforms_of(profile for _, _, profile in known) if channels else {},
    )


def company_asked(name: str, competitors: Competitors) -> str:
    """Return the key of the company that was named by `--company`.

    Raises:
        TableError: there is none of that name; the message says which there are.
    """
    for company in competitors.companies:
        if folded(name) in map(folded, (company.name, *company.aliases)):
            return website_key(company.website)
    known = tuple(company.name for company in competitors.companies)
    raise TableError(f'--company: no company "{name}" in the list; {nearest(name, known)}')


def platform_asked(name: str, names: KnownNames) -> str:
    """Return the platform that was named by an option.

    Raises:
        TableError: there is none of that name.
    """
    if platform := names.platform(name):
        return platform
    raise TableError(f'--channel: no platform "{name}"; {nearest(name, tuple(names.index.kinds))}')


def _profiles(
    companies: Iterable[Company],
    channels: Mapping[str, tuple[Channel, ...]],
    index: PlatformIndex,
) -> Iterator[tuple[str, str, NamedProfile]]:
    """Yield each known profile with the key of its address and its handle."""
    for company in companies:
        key = website_key(company.website)
        for channel in channels.get(key, ()):
            profile = NamedProfile(key, channel.platform, channel.url)
            for url in dict.fromkeys((channel.url, channel.found.url)):
                address = index.match(url)
                yield (address.key if address else url), _handle(channel.handle), profile
        for listed in company.channels:
            address = index.match(listed.url)
            handle = _handle(address.handle) if address is not None else ""
            yield (
                (address.key if address else listed.url),
                handle,
                NamedProfile(key, listed.platform, address.url if address else listed.url),
            )


def _company_names(
    companies: Iterable[Company], channels: Mapping[str, tuple[Channel, ...]]
) -> Iterator[tuple[str, str]]:
    """Yield each name of a company with its key: its own, aliases, and those of its profiles."""
    own = set[str]()
    for company in companies:
        for name in (company.name, *company.aliases):
            own.add(plain(name))
            yield plain(name), website_key(company.website)
    for key, of_company in channels.items():
        for channel in of_company:
            # A profile that bears the name of another company of the list is no name of this one.
            if (name := plain(channel.name)) and name not in own:
                yield name, key


def _platform_names(rules: Iterable[PlatformRule]) -> Mapping[str, str]:
    """Return platforms by all their names: title, former ones, and those of exports."""
    known = dict(table_words().platforms)
    for rule in rules:
        inner = rule.title.partition("(")
        for name in (rule.name, rule.title, inner[0], inner[2].rstrip(")"), *rule.former):
            if word := plain(name):
                known.setdefault(word, rule.name)
    return known


def _only_one(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, Value]:
    """Return what names have one meaning alone."""
    meanings = dict[Key, set[Value]]()
    for name, meaning in pairs:
        meanings.setdefault(name, set()).add(meaning)
    return {name: all_of.pop() for name, all_of in meanings.items() if len(all_of) == 1}


def _platforms_of(profiles: Iterable[NamedProfile]) -> Mapping[str, frozenset[str]]:
    """Return the platforms on which a company has a known profile, by its key."""
    by_company = dict[str, set[str]]()
    for profile in profiles:
        by_company.setdefault(profile.company, set()).add(profile.platform)
    return {key: frozenset(platforms) for key, platforms in by_company.items()}


def _handle(text: str) -> str:
    """Return a handle as it is compared."""
    return folded(text).lstrip("@").rstrip("/")
