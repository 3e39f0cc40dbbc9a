"""The look of the deck: colours by what they mean, sizes, and where the brand of a house enters."""

from dataclasses import dataclass

from reports.report import Report
from reports.words import day_in_words

FONT = "Arial"
INK, MUTED, LINE, HEAD = "1B2733", "5A6672", "D5DCE3", "EDF1F4"

WIDTH, HEIGHT = 13.333, 7.5
"""A slide in inches: 16 to 9."""

MARGIN = 0.6
TITLE_SIZES = ((125, 24), (190, 20), (250, 17))
"""Letters that a title may have for a size in points; a longer one is set in the smallest."""

SMALLEST_TITLE = 14
BODY, TABLE, SMALL, TINY = 22, 15, 12, 10
"""Sizes of type in points: what is read aloud, tables, what stands beside charts, the foot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideLook:
    """What a house may choose: colours in six hex digits, the foot, a picture for the first slide.

    `own` is our company, `rival` all others, `accent` a second figure of the same companies.
    """

    own: str = "A64400"
    rival: str = "8796A5"
    accent: str = "1F5F99"
    footer: str = ""
    logo: bytes | None = None


def look_of(report: Report) -> SlideLook:
    """Return the look of a report's deck: the one place where a brand enters."""
    who = f"{report.own} · " if report.own else ""
    day = day_in_words(report.snapshot.run.as_of.astimezone(report.zone))
    brand = report.brand
    return SlideLook(
        own=brand.primary,
        accent=brand.accent,
        footer=f"{brand.footer or f'{who}social presence audit'} · {day}",
        logo=brand.logo.data if brand.logo is not None else None,
    )


def title_size(words: str) -> int:
    """Return the size in which a title fits into its place, on three lines or four small ones."""
    sizes = (size for letters, size in TITLE_SIZES if len(words) <= letters)
    return next(sizes, SMALLEST_TITLE)
