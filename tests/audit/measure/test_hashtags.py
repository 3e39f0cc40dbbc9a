"""Hashtags: what is one, which are used most, and what readers did with their posts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.hashtags import MOST, hashtags, hashtags_in
from audit.model.channel import Channel
from audit.model.engagement import EVERYWHERE
from audit.model.hashtags import Hashtags
from audit.model.profile import Interaction, Reaction
from audit.model.site import Post
from audit.model.value import Known, Reason
from tests.audit.measure.test_outlets import posts_of, profile
from tests.brief_example import AS_OF, brief_of, post, reason, section

X, VK = profile("x"), profile("vk")


def said(text: str, likes: int | None = None, days: float = 20, flag: str = "") -> Post:
    """A post with this text, so many days before the window's end."""
    acts = () if likes is None else (Interaction(reaction=Reaction.LIKES, count=likes),)
    one = post(AS_OF - timedelta(days=days), flag)
    return replace(one, title=text[:10], text=text, interactions=acts)


def of(*posts: Post, on: Channel = X) -> tuple[Hashtags, ...]:
    """The hashtags of a company whose only profile has these posts."""
    return hashtags(brief_of(replace(posts_of(on), posts=posts), channels=(on,)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("#Pumps and #heat_pumps!", ["Pumps", "heat_pumps"]),
        ("(#pumps), #valves. #a1/#b2", ["pumps", "valves", "a1"]),
        ("＃ポンプ #水処理、#泵", ["ポンプ", "水処理", "泵"]),
        ("#пумпы #Wärmepumpe #pompe-à", ["пумпы", "Wärmepumpe", "pompe"]),
        ("#हिन्दी #می‌خواهم", ["हिन्दी", "می‌خواهم"]),
        ("#pumps🔥#valves", ["pumps", "valves"]),
        ("C# a#b &#39; https://a.example/#top /page#here", []),
        ("#1 #2026 ## # #! #_", []),
        ("", []),
    ],
)
def test_a_hashtag_is_a_word_behind_its_sign(text: str, names: list[str]) -> None:
    assert hashtags_in(text) == names


def test_the_most_used_come_first_with_the_posts_that_bear_them() -> None:
    all_of_them, row = of(said("#Water #pumps"), said("#pumps"), said("#PUMPS #pumps"))
    assert (all_of_them.channel, row.channel, row.of, row.different) == (EVERYWHERE, "x", 3, 2)
    assert [(tag.name, tag.posts) for tag in row.tags] == [("pumps", 3), ("Water", 1)]


def test_a_tag_that_the_heading_repeats_counts_once_and_ten_are_told_at_most() -> None:
    (_, row) = of(said("#a #a"), said(" ".join(f"#t{number:02}" for number in range(30))))
    assert (row.tags[0].posts, len(row.tags), row.different) == (1, MOST, 31)


def test_interactions_are_the_mean_of_settled_posts_that_show_any() -> None:
    (_, row) = of(said("#a", 4), said("#a", 8), said("#a", 90, days=2), said("#a"))
    interactions = row.tags[0].interactions
    assert isinstance(interactions, Known)
    assert (interactions.value, row.tags[0].posts) == (6, 4)


def test_without_public_interactions_they_are_unknown_and_a_zero_is_known() -> None:
    assert reason(of(said("#a"))[1].tags[0].interactions) == Reason.NOT_PUBLIC
    nothing = of(said("#a", 0))[1].tags[0].interactions
    assert isinstance(nothing, Known)
    assert nothing.value == 0


def test_posts_of_the_site_old_ones_and_reposts_have_no_hashtags_here() -> None:
    blog = replace(section(), posts=(said("#a"),))
    assert hashtags(brief_of(blog)) == ()
    assert of(said("#a", days=900), said("#b", flag="repost"), said("#c", flag="undated")) == ()


def test_channels_are_told_apart_and_together() -> None:
    sections = [replace(posts_of(each), posts=(said("#a"),)) for each in (X, VK)]
    rows = hashtags(brief_of(*sections, channels=(X, VK)))
    assert [(row.channel, row.tags[0].posts) for row in rows] == [("all", 2), ("x", 1), ("vk", 1)]


def test_huge_and_hostile_texts_raise_nothing() -> None:
    assert len(hashtags_in("#" * 100_000)) == 0
    assert hashtags_in("#" + "a" * 100_000) == ["a" * 100]
    assert of(said("#\ud800x #=1+1 #a\u202eb"))[1].different == 1
