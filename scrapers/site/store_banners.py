"""Tell what the banner of Apple's store is for: an app, or a podcast, song or book."""

import re

from audit.model.facts import PageFacts, Signal

_BANNER = re.compile(r"\bapp-id=(\d{5,15})")
"""What a banner of Apple's stores is for: an app, or anything else that they sell or list."""


def is_recording(signal: Signal, page: PageFacts) -> bool:
    """Tell whether the banner of a store is that of a podcast, song or book, by a link to it."""
    banner = _BANNER.search(signal.evidence.excerpt) if signal.place == "meta" else None
    if banner is None:
        return False
    place = re.compile(rf"apple\.com/(?!(?:[a-z]{{2}}/)?app/)[^?#]{{1,300}}/id{banner[1]}(?!\d)")
    return any(place.search(link.url) for link in page.links)
