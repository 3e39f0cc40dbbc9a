"""From posts with their public interactions to means, rates, top posts and outliers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from audit.measure.interactions import (
    NO_AUDIENCE,
    NOT_SHOWN,
    Reach,
    by_followers,
    by_views,
    engagement_of,
    pooled,
    settled,
)
from audit.model.engagement import Engagement, Formula
from audit.model.profile import Interaction, Reaction
from audit.model.site import Post
from audit.model.value import Known, Qualifier, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, WINDOW, figure, known, post, reason

LIKES, COMMENTS, SHARES, VIEWS = (
    Reaction.LIKES,
    Reaction.COMMENTS,
    Reaction.SHARES,
    Reaction.VIEWS,
)


def with_counts(counts: Mapping[Reaction, int], days: float = 30, *, exact: bool = True) -> Post:
    """A post that shows these reactions."""
    shown = tuple(
        Interaction(reaction=reaction, count=count, exact=exact)
        for reaction, count in counts.items()
    )
    return replace(post(AS_OF - timedelta(days=days)), interactions=shown)


def liked(*likes: int) -> list[Post]:
    """Posts with so many likes, one a day."""
    return [with_counts({LIKES: count}, 10 + day) for day, count in enumerate(likes)]


def of(posts: Sequence[Post], reach: Reach | Unknown = NO_AUDIENCE) -> Engagement:
    return engagement_of("youtube", "https://y.example/", posts, reach)


def followed_by(number: int, posts: Sequence[Post]) -> Reach:
    reach = by_followers(posts, known(number), Formula.FOLLOWERS)
    assert isinstance(reach, Reach)
    return reach


def test_mean_and_median_are_of_likes_comments_and_shares_together() -> None:
    row = of(
        [
            with_counts({LIKES: 6, COMMENTS: 2, SHARES: 1, VIEWS: 900, Reaction.SAVES: 50}),
            with_counts({LIKES: 1}, 40),
            with_counts({LIKES: 1, SHARES: 1}, 50),
        ]
    )
    assert figure(row.mean) == pytest.approx(12 / 3)
    assert figure(row.median) == 2
    assert (row.posts, row.unshown) == (3, 0)


def test_each_column_is_the_mean_over_the_posts_that_show_it() -> None:
    row = of([with_counts({LIKES: 6, COMMENTS: 2}), with_counts({LIKES: 2}, 40)])
    assert (figure(row.applause), figure(row.conversation)) == (4, 2)
    assert row.amplification == NOT_SHOWN


def test_posts_that_show_nothing_are_told_and_no_zero() -> None:
    row = of([with_counts({LIKES: 4}), with_counts({VIEWS: 100}, 40), post(AS_OF)])
    assert (row.posts, row.unshown, figure(row.mean)) == (1, 2, 4)
    hidden = of([with_counts({VIEWS: 100})])
    assert (hidden.mean, hidden.rate, hidden.top) == (NOT_SHOWN, NOT_SHOWN, ())


def test_a_post_that_nobody_liked_is_a_real_zero() -> None:
    row = of(liked(0, 4))
    assert figure(row.mean) == 2
    assert [each.interactions for each in row.top] == [4]


def test_without_a_settled_post_there_is_too_little_data() -> None:
    assert reason(of([]).mean) == Reason.TOO_LITTLE_DATA


def test_posts_of_the_last_five_days_and_before_the_window_are_left_out() -> None:
    posts = [with_counts({LIKES: 1}, days) for days in (0, 4.9, 5.1, 363, 365)]
    posts.append(replace(with_counts({LIKES: 1}), flag="repost"))
    assert settled(posts, WINDOW) == posts[2:4]


def test_a_rate_is_interactions_by_followers_a_post_with_its_formula() -> None:
    posts = liked(2, 4)
    rate = of(posts, followed_by(200, posts)).rate
    assert isinstance(rate, Known)
    assert rate.value.value == pytest.approx(3 / 200)
    assert (rate.value.formula, rate.value.audience) == (Formula.FOLLOWERS, 200)


def test_there_is_no_rate_without_an_audience() -> None:
    assert by_followers(liked(3), known(0), Formula.FOLLOWERS) == NO_AUDIENCE
    assert by_views(liked(3)) == NO_AUDIENCE
    assert of(liked(3)).rate == NO_AUDIENCE


def test_a_rate_by_views_is_over_the_posts_that_show_both() -> None:
    posts = [
        with_counts({LIKES: 5, VIEWS: 100}),
        with_counts({LIKES: 1, VIEWS: 200}, 40),
        with_counts({LIKES: 99}, 50),
    ]
    rate = of(posts, by_views(posts)).rate
    assert isinstance(rate, Known)
    assert rate.value.value == pytest.approx(6 / 300)
    assert (rate.value.formula, rate.value.audience) == (Formula.VIEWS, 150)


def test_several_profiles_are_pooled_over_the_followers_of_each_post() -> None:
    small, large = followed_by(100, liked(4, 6)), followed_by(1_000, liked(20))
    both = pooled((small, large, NO_AUDIENCE))
    assert isinstance(both, Reach)
    assert both.interactions / both.audience == pytest.approx(30 / 1_200)
    assert both.formula is Formula.POOLED
    assert pooled((small, NO_AUDIENCE)) == small
    assert pooled((NO_AUDIENCE,)) == NO_AUDIENCE


def test_a_rate_by_views_is_pooled_only_where_no_followers_are_known() -> None:
    viewed = by_views([with_counts({LIKES: 5, VIEWS: 100})])
    followed = followed_by(100, liked(4))
    assert pooled((viewed, followed)) == followed
    both = pooled((viewed, viewed))
    assert isinstance(both, Reach)
    assert (both.formula, both.audience) == (Formula.VIEWS, 200)


def test_what_the_platform_rounds_is_not_exact_and_a_part_is_marked() -> None:
    posts = [with_counts({LIKES: 1200}, exact=False)]
    marks = (Qualifier.TRUNCATED,)
    row = engagement_of("x", "u", posts, followed_by(9, posts), marks)
    assert isinstance(row.mean, Known)
    assert isinstance(row.rate, Known)
    assert (row.mean.exact, row.rate.exact) == (False, False)
    assert (row.mean.qualifiers, row.rate.qualifiers) == (marks, marks)


def test_figures_show_the_posts_with_the_most_and_rates_the_followers_first() -> None:
    other = replace(PROOF, rule="post")
    posts = [replace(each, evidence=other) for each in liked(1, 9)]
    row = of(posts, followed_by(10, posts))
    assert isinstance(row.mean, Known)
    assert isinstance(row.rate, Known)
    assert row.mean.evidence == (other, other)
    assert row.rate.evidence == (PROOF, other, other)


def test_the_top_posts_are_three_the_older_one_first_at_a_tie() -> None:
    row = of(liked(5, 9, 5, 5, 1))
    assert [each.interactions for each in row.top] == [9, 5, 5]
    assert row.top[1].at < row.top[2].at


def test_an_outlier_lies_beyond_the_median_and_three_deviations_of_twenty_posts() -> None:
    usual = [1, 2, 3, 4, 5] * 4  # median 3, median deviation 1: the limit is 6
    outliers = of(liked(*usual, 6, 7)).outliers
    assert not isinstance(outliers, Unknown)
    assert [each.interactions for each in outliers] == [7]
    assert reason(of(liked(*usual[:18], 900)).outliers) == Reason.TOO_LITTLE_DATA


def test_where_half_of_the_posts_are_alike_nothing_is_an_outlier() -> None:
    assert reason(of(liked(*[0] * 19, 1, 50)).outliers) == Reason.TOO_LITTLE_DATA
