"""A sampled audience for tests, with its breakdowns."""

from audit.model.breakdown import KINDS, LANGUAGES, OVERLAPS, SUBJECTS, Audience, Breakdown, Part
from tests.reports import workbook_example as example

Shares = tuple[tuple[str, float], ...]


def broken_down(
    of: int = 150,
    subjects: Shares = (("engineering", 0.32), ("software", 0.12), ("other", 0.08)),
    languages: Shares = (("en", 0.62), ("de", 0.21), ("fr", 0.04)),
    kinds: Shares = (
        ("organisation", 0.12),
        ("public body", 0.06),
        ("non-profit", 0.04),
        ("bot", 0.03),
    ),
    overlaps: Shares = (),
) -> tuple[Breakdown, ...]:
    """The breakdowns of a sample of 200 followers, `of` whom say something of themselves.

    Without overlaps there is no such breakdown: nobody compared the company with others.
    """
    wholes = (
        (SUBJECTS, of, subjects),
        (LANGUAGES, of, languages),
        (KINDS, 200, kinds),
        (OVERLAPS, 200, overlaps),
    )
    return tuple(
        Breakdown(
            metric=metric,
            of=whole,
            parts=tuple(Part(name=name, share=share) for name, share in shares),
        )
        for metric, whole, shares in wholes
        if shares or metric != OVERLAPS
    )


def audience(
    name: str, described: int = 150, breakdowns: tuple[Breakdown, ...] = broken_down()
) -> Audience:
    """The sampled audience of a company on Bluesky; 200 of its followers were looked at."""
    slug = name.split(maxsplit=1)[0].lower()
    return Audience(
        platform="bluesky",
        url=f"https://bluesky.example/{slug}",
        sampled=200,
        described=described,
        breakdowns=breakdowns,
        evidence=example.proof(
            f"https://bluesky.example/{slug}", "audience.sample", "200 of 2,931 followers looked at"
        ),
    )
