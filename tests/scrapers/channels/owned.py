"""The channels of the invented Borea Pumps, as far as the pages of a site tell them."""

from collections.abc import Mapping

from audit.model.channel import Channel
from audit.model.company import Company
from scrapers.channels.named import decide_channels
from scrapers.channels.sightings import sight
from tests.analysed import page, rules

HOME = "https://borea.example/"
BOREA = Company(name="Borea Pumps", website=HOME)


def decided(html: str, *more: str, company: Company = BOREA) -> dict[str, Channel]:
    """Return the channels of a site of these pages, by platform and handle."""
    paths = {f"p{number}": body for number, body in enumerate(more)}
    return decided_of({"": html, **paths}, company)


def decided_of(pages: Mapping[str, str], company: Company = BOREA) -> dict[str, Channel]:
    """Return the channels of a site of these pages by their paths, the start page first."""
    facts = [page(html, company.website + path) for path, html in pages.items()]
    channels = decide_channels(company, sight(rules(), company, facts), rules())
    return {f"{channel.platform} {channel.handle}": channel for channel in channels}


def own(html: str, *more: str, company: Company = BOREA) -> list[str]:
    """Return the channels that are the company's own, sorted."""
    return _own(decided(html, *more, company=company))


def own_of(pages: Mapping[str, str]) -> list[str]:
    """Return those of a site of these pages by their paths."""
    return _own(decided_of(pages))


def _own(channels: Mapping[str, Channel]) -> list[str]:
    """Return the names of those that are no candidates."""
    return sorted(name for name, channel in channels.items() if not channel.candidate)
