"""Decide which pages a browser is to draw, and join what it showed with what the HTML said."""

from collections.abc import Iterator
from dataclasses import replace

from audit.model.company import BrowserMode
from audit.model.facts import FigureReading, PageFacts, Signal
from audit.model.value import Known

MAX_SHELLS = 15
"""Pages of a site that are drawn because their HTML holds next to nothing."""

_INJECTING = frozenset({"tag-manager"})
"""Features that bring in others, which the page's own HTML does not name."""


def worth_drawing(facts: PageFacts, mode: BrowserMode, drawn: int) -> bool:
    """Tell whether a page needs a browser: an empty shell, or a start page with a tag manager.

    `drawn` pages were drawn before. Of the pages with a tag manager only the start page is drawn.
    """
    if mode is not BrowserMode.AUTO:
        return mode is BrowserMode.ALWAYS
    return (facts.shell and drawn < MAX_SHELLS) or (facts.why == "start" and injects(facts))


def injects(facts: PageFacts) -> bool:
    """Tell whether a page has a tag manager, which may bring in what its HTML does not name."""
    return any(signal.feature in _INJECTING for signal in facts.signals)


def joined(facts: PageFacts, drawn: PageFacts) -> PageFacts:
    """Take a shell as it was drawn; of any other page, add the marks that drawing brought out.

    Scripts may also take away what the HTML said, and what was said stays true.
    """
    if facts.shell:
        return replace(
            drawn,
            names=tuple(dict.fromkeys((*facts.names, *drawn.names))),
            feeds=tuple(dict.fromkeys((*facts.feeds, *drawn.feeds))),
            languages=facts.languages or drawn.languages,
        )
    return replace(
        facts,
        signals=_surest((*facts.signals, *drawn.signals)),
        readings=tuple(_known_first(facts.readings, drawn.readings)),
        drawn=True,
    )


def _known_first(
    written: tuple[FigureReading, ...], drawn: tuple[FigureReading, ...]
) -> Iterator[FigureReading]:
    """Yield each figure as the HTML has it, or as it was drawn where the HTML has none."""
    for before, after in zip(written, drawn, strict=True):
        yield before if isinstance(before.value, Known) else after


def _surest(signals: tuple[Signal, ...]) -> tuple[Signal, ...]:
    """Return each rule and place once, with the surest of its certainties.

    A strong rule stands alone, so that it counts once for all its places.
    """
    best: dict[tuple[str, str], Signal] = {}
    for signal in signals:
        key = (signal.rule, "" if signal.strong else signal.place)
        if key not in best or signal.certainty.rank > best[key].certainty.rank:
            best[key] = signal
    return tuple(best.values())
