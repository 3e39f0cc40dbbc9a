"""A channel answers from its parts: what the profile says first, then what it was found by."""

from dataclasses import replace

from audit.model.channel import MAX_PROOFS, NOT_READ, ChannelHistory, Drift
from audit.model.profile import Count, ProfileFigure, Standing
from audit.model.site import State
from audit.model.value import Evidence, Reason, Unknown
from tests.brief_example import AS_OF, PROOF, known
from tests.channel_example import channel, live

URL = "https://x.com/acme"
LOST = Unknown(reason=Reason.DRIFT, detail="it was 1,200")


def proof(number: int) -> Evidence:
    return replace(PROOF, url=f"https://a.example/{number}", fetched_at=AS_OF)


def test_an_unread_channel_stands_as_it_was_found() -> None:
    unread = channel("x", URL, "acme", proof=(PROOF,))
    assert (unread.url, unread.handle, unread.name, unread.account) == (URL, "acme", "", "")
    assert (unread.state, unread.unread, unread.followers) == (State.UNKNOWN, NOT_READ, NOT_READ)


def test_a_profile_that_was_read_gives_its_own_address_and_handle() -> None:
    page = live(url="https://x.com/acme_news", handle="acme_news", account="7", name="Acme")
    read = channel("x", URL, "acme", proof=(PROOF,), profile=page)
    assert (read.url, read.handle) == ("https://x.com/acme_news", "acme_news")
    assert (read.account, read.name, read.state, read.unread) == ("7", "Acme", State.KNOWN, None)


def test_a_profile_that_does_not_name_its_address_keeps_the_one_it_was_found_by() -> None:
    assert channel("x", URL, "acme", proof=(PROOF,), profile=live()).url == URL


def test_a_suspended_profile_is_unknown_and_says_what_it_is() -> None:
    words = Unknown(reason=Reason.NOT_PUBLIC, detail="account suspended")
    page = replace(live(handle="other", audience=words), standing=Standing.SUSPENDED)
    gone = channel("x", URL, "acme", proof=(PROOF,), profile=page)
    assert (gone.live, gone.handle, gone.figures, gone.followers) == (None, "acme", (), words)
    assert gone.unread == Unknown(reason=Reason.NOT_PUBLIC, detail="suspended: account suspended")


def test_a_missing_profile_without_words_is_not_found() -> None:
    page = replace(live(audience=known(3)), standing=Standing.MISSING)
    gone = channel("x", URL, "acme", proof=(PROOF,), profile=page)
    assert gone.followers == Unknown(reason=Reason.HTTP_404, detail="missing")


def test_a_figure_by_hand_counts_before_one_that_was_lost_and_that_before_the_page() -> None:
    read = channel("x", URL, "acme", proof=(PROOF,), profile=live(audience=known(5)))
    lost = replace(read, history=ChannelHistory(drift=Drift(followers=LOST, last_post=LOST)))
    assert read.followers == known(5)
    assert (lost.followers, lost.last_post) == (LOST, LOST)
    assert replace(lost, by_hand=known(9)).followers == known(9)


def test_a_figure_that_was_lost_carries_the_reason_in_its_place() -> None:
    figures = tuple(
        ProfileFigure(count=count, value=known(1)) for count in (Count.POSTS, Count.VIEWS)
    )
    read = channel("x", URL, "acme", proof=(PROOF,), profile=live(figures=figures))
    views = ProfileFigure(count=Count.VIEWS, value=LOST)
    drifted = replace(read, history=ChannelHistory(drift=Drift(figures=(views,))))
    assert drifted.figures == (figures[0], views)


def test_the_profiles_own_proof_comes_first_and_no_piece_twice() -> None:
    own = (proof(1), proof(2))
    page = replace(live(), evidence=own)
    read = channel("x", URL, "acme", proof=(proof(2), *map(proof, range(3, 9))), profile=page)
    assert read.evidence == tuple(map(proof, range(1, MAX_PROOFS + 1)))
