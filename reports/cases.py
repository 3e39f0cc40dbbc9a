"""The cases of a reason that has several, by the words that the measures leave with it.

`too-little-data` alone would be one wording for thirty cases. A detail is known by how it begins,
after a number that it may begin with; the histories of earlier versions hold the same ones.
"""

import re
from collections.abc import Sequence

from audit.measure.interactions import OUTLIER_POSTS
from audit.measure.own_posts import FEWEST_POSTS
from audit.measure.timing import FEWEST
from audit.model.value import Reason, Unknown
from reports.reasons import WORDINGS, ReasonWording

_LITTLE: Sequence[tuple[str, ReasonWording]] = (
    (
        "half of the site's links or more lead to pages gone or unreadable",
        ReasonWording(
            "pages lost",
            "has a website of which half of the pages or more are not there or could not be read",
            "Too few pages were there to look at: half of the website's links or more lead nowhere "
            "or to pages that could not be read.",
        ),
    ),
    (
        "half of the site's links or more lead to no page",
        ReasonWording(
            "pages gone",
            "has a website of which half of the pages or more are not there",
            "Too few pages were there to look at: half of the links or more lead nowhere.",
        ),
    ),
    (
        "of the values are known; three are needed",
        ReasonWording(
            "fewer than three",
            "is known of fewer than three competitors",
            "Fewer than three competitors have this figure.",
        ),
    ),
    (
        "fewer than three companies",
        ReasonWording(
            "under three",
            "is known of fewer than three companies",
            "Fewer than three companies have this figure.",
        ),
    ),
    (
        "the companies are looked at for different periods",
        ReasonWording(
            "periods differ",
            "is looked at for another period",
            "The companies are looked at for different periods.",
        ),
    ),
    ("no post seen", ReasonWording("no post seen", "shows no post", "No post was seen.")),
    (
        "one post seen",
        ReasonWording(
            "under two posts", "shows fewer than two posts", "Fewer than two posts were seen."
        ),
    ),
    (
        "fewer than four posts",
        ReasonWording(
            "under four posts", "shows fewer than four posts", "Fewer than four posts were seen."
        ),
    ),
    (
        "no post with a usable date",
        ReasonWording(
            "no usable dates",
            "shows posts without usable dates",
            "None of its posts carries a date that can be used.",
        ),
    ),
    (
        "has no usable date",
        ReasonWording(
            "a date missing",
            "shows a post that carries no date",
            "One of its posts carries no date, so that this cannot be told.",
        ),
    ),
    (
        "have no usable date",
        ReasonWording(
            "dates missing",
            "shows some posts that carry no dates",
            "Some of its posts carry no dates, so that this cannot be told.",
        ),
    ),
    (
        "the two spans of 90 days are not wholly seen",
        ReasonWording(
            "not all seen",
            "does not show all posts of the last 180 days",
            "Not all posts of the last 180 days could be seen, which a trend compares.",
        ),
    ),
    (
        "posts in 180 days",
        ReasonWording(
            "too few posts",
            "shows fewer than four posts in 180 days",
            "Fewer than four posts in 180 days are too few for a trend.",
        ),
    ),
    (
        "it began on",
        ReasonWording(
            "began lately",
            "began within the last 180 days",
            "It began within the last 180 days, which a trend compares.",
        ),
    ),
    (
        "it began less than four weeks ago",
        ReasonWording(
            "just begun",
            "began less than four weeks ago",
            "It began less than four weeks ago.",
        ),
    ),
    (
        "no page says its language",
        ReasonWording(
            "no language said", "does not say its language", "No page of it says its language."
        ),
    ),
    (
        "no other profile of a name",
        ReasonWording(
            "nothing alike",
            "has no other profile to compare with",
            "There is no other profile with a name to compare with.",
        ),
    ),
    (
        "no handle that most profiles share",
        ReasonWording(
            "no usual handle",
            "has no handle that most of its profiles share",
            "Most of the profiles share no handle.",
        ),
    ),
    (
        "too few words to tell the language",
        ReasonWording(
            "too few words",
            "has too few words to tell the language",
            "There are too few words to tell the language.",
        ),
    ),
    (
        "the profile gives no address",
        ReasonWording("gives no link", "gives no link", "The profile gives no link."),
    ),
    (
        "no earlier run counted it",
        ReasonWording(
            "first count",
            "was counted for the first time",
            "No earlier run counted it, a week before or longer.",
        ),
    ),
    (
        "the change is within the rounding",
        ReasonWording(
            "within rounding",
            "has changed less than its count is rounded",
            "The change is within the rounding of the counts.",
        ),
    ),
    (
        "nobody followed in the earlier run",
        ReasonWording(
            "nobody before",
            "had no followers in the earlier run",
            "Nobody followed in the earlier run.",
        ),
    ),
    (
        f"fewer than {FEWEST_POSTS} posts with a date",
        ReasonWording(
            f"under {FEWEST_POSTS} posts",
            f"has fewer than {FEWEST_POSTS} posts with a date in the period",
            f"Fewer than {FEWEST_POSTS} posts with a date fall into the period.",
        ),
    ),
    (
        "known of too few companies",
        ReasonWording(
            "too few known",
            "is known of too few companies",
            "It is known of too few companies to have a share.",
        ),
    ),
    (
        "there is nothing to have a share of",
        ReasonWording(
            "nothing to share", "has nothing to have a share of", "Nobody has any to share in."
        ),
    ),
    (
        "no dated posts of its own",
        ReasonWording(
            "no dated posts",
            "has no posts with a date in the period",
            "No posts of its own with a date fall into the period.",
        ),
    ),
    (
        "fewer than 60 posts in one language",
        ReasonWording(
            "under 60 posts",
            "has fewer than 60 posts in one language",
            "In fewer than 60 posts of one language no topics were looked for.",
        ),
    ),
    (
        "writes in languages in which no topic is known",
        ReasonWording(
            "language apart",
            "writes in languages in which no topic is known",
            "It writes in languages in which no topic is known.",
        ),
    ),
    (
        "writes in languages in which this topic is not known",
        ReasonWording(
            "other language",
            "writes in languages in which this topic is not known",
            "It writes in languages in which this topic is not known.",
        ),
    ),
    (
        "posts with a weekday",
        ReasonWording(
            f"under {FEWEST} posts",
            f"has fewer than {FEWEST} posts with a weekday in the period",
            f"Fewer than {FEWEST} posts with a weekday fall into the period.",
        ),
    ),
    (
        "a single day has",
        ReasonWording(
            "mostly one day",
            "shows posts of which more than a quarter are of one day",
            "More than a quarter of the posts that were seen are of one day, which would stand for "
            "its weekday.",
        ),
    ),
    (
        "no post of the",
        ReasonWording(
            "no settled posts",
            "has no post in the period that is older than five days",
            "No post of the period is older than five days, so that reactions could gather.",
        ),
    ),
    (
        "posts with interactions",
        ReasonWording(
            f"under {OUTLIER_POSTS} posts",
            f"has fewer than {OUTLIER_POSTS} posts that show reactions",
            f"Fewer than {OUTLIER_POSTS} posts show reactions.",
        ),
    ),
    (
        "no list of posts was read",
        ReasonWording(
            "no posts read", "has no list of posts that was read", "No list of posts was read."
        ),
    ),
    (
        "half of the posts have",
        ReasonWording(
            "much alike",
            "has as many reactions to half of its posts",
            "Half of the posts have as many reactions.",
        ),
    ),
    (
        "no dated post of its own was seen",
        ReasonWording(
            "no dated post",
            "shows no post of its own with a date",
            "No post of its own with a date was seen.",
        ),
    ),
    (
        "a person counted its posts, and not their days",
        ReasonWording(
            "days not told",
            "has posts of which only the number was read by hand",
            "A person counted its posts by hand, and not on which days they appeared.",
        ),
    ),
    (
        "a person counted five posts together",
        ReasonWording(
            "counted together",
            "has reactions that were counted by hand for five posts together",
            "A person counted the reactions to five posts together, and not to each.",
        ),
    ),
    (
        "the page is there, but shows no entry",
        ReasonWording(
            "no entries seen",
            "is there, but shows no entries that we can read",
            "Its page is there, but shows no entries that we can read.",
            "Name its list with sections: in the list of companies.",
        ),
    ),
)

_PERHAPS = ReasonWording(
    "perhaps theirs",
    "has a profile that is perhaps theirs",
    "A profile was found that is perhaps theirs, and not proved to be.",
    "If it is theirs, name it under channels: in the list.",
)
_UNLOOKED: Sequence[tuple[str, ReasonWording]] = (
    (
        "a profile that is perhaps theirs was found",
        _PERHAPS,
    ),
    # As the versions before December 2026 had it.
    ("a candidate was found", _PERHAPS),
    (
        "nobody has counted",
        ReasonWording(
            "not filled in",
            "has a figure that nobody has filled in",
            "It could not be read, and nobody has filled it in.",
            "Fill it in by hand on sheet Fill in.",
        ),
    ),
    (
        "nobody is asked for shares",
        ReasonWording(
            "not asked for",
            "has a figure that nobody is asked for",
            "A person counts likes and comments; shares are shown hardly anywhere.",
            "A key of that network may tell them (docs/keys.md).",
        ),
    ),
    (
        "the platform is closed",
        ReasonWording(
            "network closed",
            "was on a network that has closed",
            "The network has closed.",
            "Take the link off the site.",
        ),
    ),
)

_CASES = {Reason.TOO_LITTLE_DATA: _LITTLE, Reason.NOT_CHECKED: _UNLOOKED}
_NUMBER = re.compile(r"^\d+ (?:posts? )?(?=has |have |of |posts )")


def wording_of(value: Unknown) -> ReasonWording:
    """Return the words of why a value is not known: those of its case, else of its reason."""
    detail = _NUMBER.sub("", value.detail, count=1)
    cases = _CASES.get(value.reason, ())
    told = (wording for start, wording in cases if detail.startswith(start))
    return next(told, WORDINGS[value.reason])
