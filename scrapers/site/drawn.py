"""Decide which pages a browser is to draw, and join what it showed with what the HTML said."""

from dataclasses import replace

from audit.model.company import BrowserMode
from audit.model.facts import PageFacts, Signal

MAX_SHELLS = 15
"""Pages of a site that are drawn because their HTML holds next to nothing."""

_INJECTING = frozenset({"tag-manager"})
"""What these bring in is not named in the page's own HTML."""


def worth_drawing(facts: PageFacts, mode: BrowserMode, drawn: int) -> bool:
    """Tell whether a page needs a browser: an empty shell, or a start page with a tag manager."""
    if mode is not BrowserMode.AUTO:
        return mode is BrowserMode.ALWAYS
    return (facts.shell and drawn < MAX_SHELLS) or (facts.why == "start" and injects(facts))


def injects(facts: PageFacts) -> bool:
    """Tell whether a page has a tag manager, which may bring in what its HTML does not name."""
    return any(signal.feature in _INJECTING for signal in facts.signals)


def joined(facts: PageFacts, drawn: PageFacts) -> PageFacts:
    """Take a shell as it was drawn; of any other page, add the marks that drawing brought out."""
    if facts.shell:
        return replace(
            drawn,
            names=tuple(dict.fromkeys((*facts.names, *drawn.names))),
            feeds=tuple(dict.fromkeys((*facts.feeds, *drawn.feeds))),
            languages=facts.languages or drawn.languages,
        )
    return replace(facts, signals=_surest((*facts.signals, *drawn.signals)), drawn=True)


def _surest(signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """Each rule and place once, as sure as it was ever seen."""
    best: dict[tuple[str, str], Signal] = {}
    for signal in signals:
        key = (signal.rule, "" if signal.strong else signal.place)
        if key not in best or signal.certainty.rank > best[key].certainty.rank:
            best[key] = signal
    return tuple(best.values())
