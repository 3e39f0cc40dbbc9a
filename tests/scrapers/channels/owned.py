"""The channels of the invented Borea Pumps, as far as the pages of a site tell them."""

from audit.model.channel import Channel
from audit.model.company import Company
from scrapers.channels.named import decide_channels
from scrapers.channels.sightings import sight
from tests.analysed import page, rules

HOME = "https://borea.example/"
BOREA = Company(name="Borea Pumps", website=HOME)


def decided(html: str, *more: str, company: Company = BOREA) -> dict[str, Channel]:
    """Return the channels of a site of these pages, by platform and handle."""
    pages = [page(html, company.website)]
    pages += [page(body, f"{company.website}p{number}") for number, body in enumerate(more)]
    sightings = sight(rules(), company, pages)
    channels = decide_channels(company, sightings, rules())
    return {f"{channel.platform} {channel.handle}": channel for channel in channels}


def own(html: str, *more: str, company: Company = BOREA) -> list[str]:
    """Return the channels that are the company's own, sorted."""
    channels = decided(html, *more, company=company)
    return sorted(name for name, channel in channels.items() if not channel.candidate)
