"""How well profiles are kept: what their pages show, and what they do not show at all."""

from dataclasses import replace
from typing import Any

import pytest

from audit.measure import metrics_of
from audit.measure.company import measure
from audit.measure.hygiene import (
    LEADS_HOME,
    NO_NAME,
    NO_OTHER,
    NO_USUAL,
    NOT_SHOWN,
    SAME_HANDLE,
    with_hygiene,
)
from audit.model.channel import Channel, Promise, Role
from audit.model.exchange import Fetched
from audit.model.hygiene import NOT_KEPT, Flag, Hygiene
from audit.model.profile import Profile, ProfilePart, Standing
from audit.model.result import CompanyResult
from audit.model.value import Absent, Known, Reason, Unknown
from tests.brief_example import AS_OF, COMPANY, PROOF, WINDOW, figure, reason, visit
from tests.channel_example import channel, live
from tests.fake_session import context

CATALOGUE = context(WINDOW).catalogue
ALL = tuple(ProfilePart)
HOME = "https://a.example/"


def profile(platform: str = "x", handle: str = "acme", url: str = "", **changes: object) -> Channel:
    """An own profile that was read; what it links to first is its home, as judging found it."""
    said = live(**{"evidence": (PROOF,), **changes})
    found = channel(platform, url or f"https://{platform}.example/{handle}", handle, proof=(PROOF,))
    home = next((link for link in said.links if "a.example" in link), "")
    whose = replace(found.ownership, links_back=bool(home), home=home)
    return replace(found, profile=said, ownership=whose)


def fetched(url: str, outcome: str) -> Fetched:
    return Fetched(url=url, why="link", outcome=outcome, fetched_at=AS_OF, record="f#1")


def kept(one: Channel, *others: Channel, fetches: tuple[Fetched, ...] = ()) -> Hygiene:
    """The hygiene of the first of some channels."""
    first, *_ = with_hygiene((one, *others), fetches, CATALOGUE)
    assert isinstance(first.hygiene, Hygiene)
    return first.hygiene


def told(flag: Flag) -> bool | Unknown:
    return flag.value if isinstance(flag, Known) else flag


def test_a_part_that_the_page_does_not_show_is_unknown_and_never_missing() -> None:
    bare = kept(profile())
    parts = (bare.biography, bare.language, bare.link, bare.leads_home, bare.works)
    assert parts == (NOT_SHOWN,) * 5
    assert (bare.verified, bare.picture, bare.cover, bare.pinned) == (NOT_SHOWN,) * 4


def test_a_part_that_the_page_shows_where_it_is_there_is_known_to_be_missing() -> None:
    bare = kept(profile(shows=ALL))
    assert isinstance(bare.biography, Absent)
    assert isinstance(bare.link, Absent)
    assert (told(bare.leads_home), reason(bare.works)) == (False, Reason.TOO_LITTLE_DATA)
    looks = (bare.verified, bare.picture, bare.cover, bare.pinned)
    assert [told(part) for part in looks] == [False] * 4


def test_what_is_there_is_known_even_where_its_lack_would_not_be() -> None:
    full = kept(profile(about="Pumps", links=(HOME,), verified=True, picture=True))
    assert isinstance(full.biography, Known)
    assert full.biography.evidence[0].excerpt == "Pumps"
    assert (told(full.leads_home), told(full.verified), told(full.picture)) == (True, True, True)
    assert full.cover == NOT_SHOWN
    assert isinstance(full.picture, Known)
    assert full.picture.evidence[0].excerpt == "verified: yes, picture: yes"


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Pumpen, die halten. Ein Familienbetrieb aus Leer, seit drei Generationen.", "de"),
        ("Насосы для промышленности и дома, с гарантией на десять лет", "ru"),
        ("ポンプの最新情報をお届けする公式アカウントです。", "ja"),
        ("Wir sind auf https://a.example/this-is-a-very-long-english-address/of-a-page", ""),
        ("Acme", ""),
        ("🔥🔥🔥 1921 🔥🔥🔥", ""),
    ],
)
def test_the_language_of_a_biography_is_told_where_its_words_are_enough(
    words: str, language: str
) -> None:
    told_language = kept(profile(about=words)).language
    assert (told_language.value if isinstance(told_language, Known) else "") == language


def test_the_link_that_leads_home_is_told_before_the_others() -> None:
    link = kept(profile(links=("https://shop.example/", HOME))).link
    assert isinstance(link, Known)
    assert link.value == HOME


def test_a_link_elsewhere_proves_nothing_where_further_ones_may_be_hidden() -> None:
    away = profile(links=("https://shop.example/",))
    assert kept(away).leads_home == NOT_SHOWN
    shown = profile(links=("https://shop.example/",), shows=(ProfilePart.LINK,))
    assert told(kept(shown).leads_home) is False


@pytest.mark.parametrize(
    ("link", "outcome", "works"),
    [
        ("http://www.a.example/blog?utm_source=x", "ok", True),
        ("https://a.example/blog/", "unchanged", True),
        ("https://A.example/blog#top", "http-404", False),
        ("https://a.example/blog", "dns", False),
        ("https://a.example/blog", "timeout", Reason.NOT_CHECKED),
        ("https://a.example/Blog", "ok", Reason.NOT_CHECKED),
        ("https://a.example/other", "ok", Reason.NOT_CHECKED),
    ],
)
def test_a_link_works_if_the_visit_has_met_it_anyway(
    link: str, outcome: str, works: bool | Reason
) -> None:
    met = kept(profile(links=(link,)), fetches=(fetched("https://a.example/blog", outcome),)).works
    assert (met.value if isinstance(met, Known) else met.reason) == works


@pytest.mark.parametrize(
    ("platform", "handle", "changes"),
    [
        ("x", "@Acme_Pumps", {}),
        ("linkedin", "acme-pumps", {}),
        ("instagram", "acme.pumps", {}),
        ("mastodon", "acmepumps@social.example", {}),
        ("bluesky", "acme-pumps.bsky.social", {}),
        ("bluesky", "acmepumps.example", {"links": ("https://acmepumps.example/",)}),
    ],
)
def test_a_handle_is_the_usual_one_in_every_spelling(
    platform: str, handle: str, changes: dict[str, Any]
) -> None:
    others = (profile("youtube", "acmepumps"), profile("tiktok", "acmepumps"))
    assert told(kept(profile(platform, handle, **changes), *others).same_handle) is True


def test_the_odd_one_out_has_another_handle_and_at_a_tie_nobody_has_the_usual_one() -> None:
    odd, one, two = profile("x", "acmehq"), profile("tiktok", "acme"), profile("vk", "acme")
    assert told(kept(odd, one, two).same_handle) is False
    assert told(kept(one, odd, two).same_handle) is True
    assert kept(one, odd).same_handle == NO_USUAL
    four = (odd, profile("vk", "acmehq"), one, profile("medium", "acme"))
    assert kept(*four).same_handle == NO_USUAL


def test_numbers_and_ids_are_no_handles_and_one_name_has_nothing_to_be_compared_with() -> None:
    by_id = profile("youtube", "UCabc", url="https://www.youtube.com/channel/UCabc")
    number, did = profile("facebook", "10001234"), profile("bluesky", "did:plc:abc")
    named = profile("x", "acme")
    assert [kept(each, named).same_handle for each in (by_id, number, did)] == [NO_NAME] * 3
    assert kept(named, by_id).same_handle == NO_OTHER


def test_regional_and_unread_profiles_take_no_part_in_what_is_usual() -> None:
    main, wall = profile("x", "acme"), Unknown(reason=Reason.ROBOTS)
    german = profile("x", "acme_de")
    german = replace(german, ownership=replace(german.ownership, role=Role.REGIONAL))
    unread = replace(profile("linkedin", "acme-inc"), profile=wall)
    assert kept(main, german, unread).same_handle == NO_OTHER
    assert reason(kept(german, main).same_handle) == Reason.NOT_CHECKED


@pytest.mark.parametrize(
    "changes",
    [{"role": Role.PERSON}, {"candidate": True}],
    ids=["a person's", "a candidate"],
)
def test_of_a_person_and_a_stranger_no_word_is_kept(changes: dict[str, object]) -> None:
    one = profile(about="Jane from Leeds", links=("https://jane.example/",))
    one = replace(one, ownership=replace(one.ownership, **changes))  # type: ignore[arg-type]
    (bare,) = with_hygiene((one,), (), CATALOGUE)
    assert bare.hygiene == NOT_KEPT
    assert "Jane" not in repr(bare)
    assert "jane" not in repr(bare.profile)


def test_of_a_private_profile_no_word_is_kept() -> None:
    private = profile(about="Pumps", links=(HOME,))
    assert isinstance(private.profile, Profile)
    private = replace(private, profile=replace(private.profile, standing=Standing.PRIVATE))
    (done,) = with_hygiene((private,), (), CATALOGUE)
    assert isinstance(done.profile, Profile)
    assert (done.profile.about, done.profile.links) == ("", ())
    assert isinstance(done.hygiene, Unknown)


def test_words_are_kept_in_one_place_alone() -> None:
    (done,) = with_hygiene((profile(about="Pumps", links=(HOME,)),), (), CATALOGUE)
    assert isinstance(done.profile, Profile)
    assert (done.profile.about, done.profile.links) == ("", ())


def test_a_profile_that_was_not_read_has_its_reason_and_a_dead_one_too() -> None:
    wall = replace(profile(), profile=Unknown(reason=Reason.HTTP_403))
    gone = Profile(
        standing=Standing.MISSING, evidence=(PROOF,), audience=Unknown(reason=Reason.DNS)
    )
    dead = replace(profile(), profile=gone, promises=(Promise.DEAD,))
    reasons = [reason(each.hygiene) for each in with_hygiene((wall, dead), (), CATALOGUE)]
    assert reasons == [Reason.HTTP_403, Reason.DNS]


def test_odd_texts_of_hostile_pages_raise_nothing() -> None:
    wild = ("\ud800", "=1+1" * 10_000, "\u202e" * 3_000, "a" * 100_000)
    for text in wild:
        kept(profile(handle=text[:50], about=text, links=(f"https://{text[:900]}/",), shows=ALL))


def measured(*channels: Channel) -> CompanyResult:
    return measure(COMPANY, visit(channels=channels), context(WINDOW))


def value_of(result: CompanyResult, name: str) -> float:
    return figure(next(each.value for each in result.measures if each.metric == name))


def test_the_shares_of_a_company_are_of_the_profiles_that_show_it() -> None:
    home = profile("x", "acme", links=(HOME,))
    away = profile("vk", "acme", links=("https://b.example/",), shows=ALL)
    result = measured(home, away, profile("tiktok", "acmehq"))
    assert value_of(result, LEADS_HOME.id) == 0.5
    assert value_of(result, SAME_HANDLE.id) == pytest.approx(2 / 3)


def test_what_no_profile_shows_is_no_measure_and_no_row_is_for_one_company_alone() -> None:
    nothing, one = measured(profile()), measured(profile(links=(HOME,)))
    assert [each.metric for each in nothing.measures if each.metric.startswith("hygiene")] == []
    assert LEADS_HOME not in metrics_of([nothing, one])
    assert LEADS_HOME in metrics_of([one, measured(profile(shows=ALL))])
