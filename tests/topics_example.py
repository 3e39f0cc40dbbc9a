"""Posts of invented companies on eight subjects, whose subjects are known, for tests of topics."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from audit.measure.themes.texts import Names, Text, text_of
from audit.model.site import Post
from tests.brief_example import AS_OF, post

SUBJECTS: dict[str, tuple[str, ...]] = {
    "heat pumps": (
        "heat pump",
        "heat pumps",
        "refrigerant",
        "underfloor heating",
        "compressor noise",
    ),
    "cold chain": ("cold chain", "refrigerated trucks", "vaccine storage", "freezer", "spoilage"),
    "customs": ("customs paperwork", "tariff", "border", "import duty", "customs broker"),
    "cyber security": ("phishing", "ransomware", "cyber security", "firewall", "password manager"),
    "recruiting": ("apprentices", "recruiting", "job fair", "trainees", "onboarding"),
    "solar power": ("solar panels", "rooftop solar", "inverter", "feed-in tariff", "photovoltaic"),
    "water treatment": (
        "wastewater",
        "water treatment",
        "sludge",
        "membrane filter",
        "drinking water",
    ),
    "coffee": ("espresso", "coffee beans", "roasting", "barista", "latte art"),
}
"""Words by which the posts of each subject are known."""

_HEADINGS = (
    "How to choose {0} for your site",
    "{0}: what our customers ask about {1}",
    "Five lessons on {0} and {1}",
    "Why {0} matters this winter",
    "New in October: {0}",
    "{0} or {1}? A guide for beginners",
    "Behind the scenes: {0} at our plant",
    "We talk about {0}",
    "A day with {0}",
    "Do you still fear {0}?",
    "The cheapest way to better {0}",
    "{0} and {1} without tears",
    "Which {0} suits a small firm?",
    "Our neighbours asked for {0}",
    "Spring cleaning, {0} included",
    "What {0} taught us about {1}",
    "{0} under the microscope",
    "Ten myths around {0}",
    "A letter to everybody who sells {0}",
    "From {0} to {1} in one afternoon",
)
_SUMMARIES = (
    "In this post we look at {0}, {1} and what it costs to get them right. Read more",
    "Our engineers have worked with {0} for years. They explain {1} in plain words.",
    "A short story from a visit last week, with pictures of {0}.",
    "Nobody likes to think of {0}. Yet {1} can ruin a season.",
    "Prices of {0} have doubled since spring, and {2} followed.",
    "Our readers sent in forty questions; most were on {0} and {2}.",
    "{1} was a side note for long. Then came {0}.",
    "Here is a checklist for {0}, {1} and {2}.",
)


def seeded(
    subject: str, number: int, company: str = "A", *, tags: Sequence[str] = (), chance: int = 0
) -> Post:
    """A post on a subject; the same number gives the same post, another `chance` another one."""
    random = Random(f"{subject} {number} {chance}")  # noqa: S311 - the same posts each time
    words = random.sample(SUBJECTS[subject], 3)
    title = random.choice(_HEADINGS).format(*words)
    day = AS_OF - timedelta(days=random.uniform(1, 360))
    return replace(
        post(day),
        channel_url=f"https://{company.lower()}.example/blog/",
        url=f"https://{company.lower()}.example/blog/{subject.replace(' ', '-')}-{number}-{chance}",
        title=title[:1].upper() + title[1:],
        text=random.choice(_SUMMARIES).format(*words),
        tags=tuple(tags),
    )


def corpus(
    posts: int = 320, companies: str = "ABCDE", *, replaced: float = 0.0
) -> list[tuple[str, str, Post]]:
    """Posts of several companies, equally many on each subject: company, subject, post.

    A part of them (0 to 1) is `replaced` by others on the same subject.
    """
    subjects = list(SUBJECTS)
    made: list[tuple[str, str, Post]] = []
    for number in range(posts):
        company, subject = companies[number % len(companies)], subjects[number % len(subjects)]
        chance = 1 if replaced and number % round(1 / replaced) == 0 else 0
        made.append((company, subject, seeded(subject, number, company, chance=chance)))
    return made


def texts_of(posts: Sequence[tuple[str, str, Post]], language: str = "en") -> list[Text]:
    """The texts of such posts, each with its place in the list."""
    names = Names(["Acme Pumps"])
    return [
        text_of(post, place, company, language, names)
        for place, (company, _, post) in enumerate(posts)
    ]
