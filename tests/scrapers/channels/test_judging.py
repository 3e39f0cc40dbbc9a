"""Whose a profile is once it was read, and what of it is the company's."""

import pytest

from audit.model.channel import Role
from audit.model.company import Company, Settings
from audit.model.site import State
from audit.model.value import Known
from tests.fake_session import HOME, NOW, Answer
from tests.scrapers.channels.course_web import (
    BLUESKY_CLAIM,
    BSKY,
    LINKED,
    Payload,
    bluesky,
    channel_of,
    feed,
    home,
    visit_over,
    wikidata,
)


async def test_a_profile_that_the_site_links_is_read_with_its_posts() -> None:
    visit, _ = await visit_over({HOME: LINKED, **bluesky("https://acme.example/shop")})
    channel = channel_of(visit)
    assert channel.state is State.KNOWN
    assert isinstance(channel.followers, Known)
    assert channel.followers.value == 120
    assert channel.ownership.links_back
    assert "links back to the site" in [part.name for part in channel.ownership.parts]
    (section,) = [section for section in visit.sections if section.channel == "bluesky"]
    assert [post.title for post in section.posts] == ["A new pump"]


async def test_what_wikidata_names_and_links_back_is_theirs() -> None:
    visit, _ = await visit_over(
        {
            HOME: home(),
            **wikidata(BLUESKY_CLAIM),
            **bluesky("see https://acme.example"),
        }
    )
    assert not channel_of(visit).candidate


async def test_a_name_alone_makes_nothing_ours_that_the_site_does_not_name() -> None:
    visit, _ = await visit_over({HOME: home(), **wikidata(BLUESKY_CLAIM), **bluesky()})
    assert channel_of(visit).candidate


@pytest.mark.parametrize(
    ("about", "role"),
    [
        ("Unofficial fan account of Acme", Role.FAN),
        ("Win at https://www.prizes.example", Role.IMPOSTOR),
    ],
)
async def test_a_fan_and_an_impostor_are_told_apart(about: str, role: Role) -> None:
    visit, _ = await visit_over({HOME: home(), **wikidata(BLUESKY_CLAIM), **bluesky(about)})
    assert (channel_of(visit).role, channel_of(visit).candidate) == (role, True)


async def test_a_fan_that_leads_back_to_a_site_which_does_not_name_it_stays_a_fan() -> None:
    about = "Unofficial fan page. The real ones: https://acme.example"
    visit, _ = await visit_over({HOME: home(), **wikidata(BLUESKY_CLAIM), **bluesky(about)})
    assert (channel_of(visit).role, channel_of(visit).candidate) == (Role.FAN, True)


@pytest.mark.parametrize(
    "about",
    [
        "For fans of great coffee",
        "A tribute to craft",
        "We are not affiliated with any recruiter",
    ],
)
async def test_the_words_of_a_bio_do_not_make_a_fan_of_what_the_site_shows(about: str) -> None:
    visit, _ = await visit_over({HOME: LINKED, **bluesky(about)})
    channel = channel_of(visit)
    assert (channel.role, channel.candidate, channel.promises) == (Role.MAIN, False, ())


async def test_two_addresses_of_one_account_are_one_channel() -> None:
    by_id = "https://bsky.app/profile/did:plc:acmebskysocial"
    linked = home("https://bsky.app/profile/acme.bsky.social", by_id)
    visit, session = await visit_over({HOME: linked, **bluesky("https://acme.example")})
    assert len([url for url in session.asked if "getProfile" in url]) == 2
    channel = channel_of(visit)
    assert channel.found.url == "https://bsky.app/profile/acme.bsky.social"
    assert channel.account == "did:plc:acmebskysocial"
    assert channel.found.found_on == (HOME,)


async def test_links_to_stores_and_shorteners_lead_nowhere_else() -> None:
    about = "https://bit.ly/x https://open.spotify.com/show/abc https://apps.apple.com/app/id1 https://lnk.bio/y"
    linked = home("https://bsky.app/profile/apflow.bsky.social")
    visit, _ = await visit_over(
        {HOME: linked, **bluesky(about, handle="apflow.bsky.social", name="AP Flow")}
    )
    assert channel_of(visit).promises == ()


async def test_a_country_in_the_companys_own_name_is_no_region() -> None:
    company = Company(name="Air France", website="https://www.airfrance.example/")
    linked = home(
        "https://x.com/airfrance", "https://x.com/airfrance_uk", "https://x.com/airfrancejobs"
    )
    visit, _ = await visit_over(
        {company.website: linked}, company=company, settings=Settings(profiles=False)
    )
    assert {channel.handle: channel.role for channel in visit.channels} == {
        "airfrance": Role.MAIN,
        "airfrance_uk": Role.REGIONAL,
        "airfrancejobs": Role.CAREERS,
    }


async def test_of_what_others_wrote_only_the_passing_on_is_kept() -> None:
    repost: Payload = {
        "post": {
            "uri": "at://y/app.bsky.feed.post/3m4bbbbbbbb2a",
            "author": {"handle": "somebody.example"},
            "record": {"text": "Words of somebody"},
        },
        "reason": {"$type": "app.bsky.feed.defs#reasonRepost", "indexedAt": NOW.isoformat()},
    }
    posts = feed(repost)
    answers: dict[str, Answer] = {HOME: LINKED, **bluesky(), f"{BSKY}.feed.getAuthorFeed": posts}
    visit, _ = await visit_over(answers)
    (section,) = [section for section in visit.sections if section.channel == "bluesky"]
    assert [(post.title, post.flag) for post in section.posts] == [
        ("passed on", "repost"),
        ("A new pump", ""),
    ]
    assert "somebody" not in repr(section).casefold()
