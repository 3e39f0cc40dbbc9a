"""Which profiles are found beyond the website and opened; nothing is guessed."""

from dataclasses import replace

import pytest

from audit.model.channel import Role
from audit.model.company import Company, Settings
from audit.model.profile import Profile
from audit.model.site import State
from audit.model.value import Reason, Unknown
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Steps
from tests.fake_session import HOME, Answer
from tests.scrapers.channels.course_web import (
    BLUESKY_CLAIM,
    LINKED,
    WIKI,
    bluesky,
    channel_of,
    home,
    profile,
    unread_reason,
    visit_over,
    wikidata,
)


async def test_with_profiles_off_they_are_listed_and_not_asked_for() -> None:
    visit, session = await visit_over({HOME: LINKED}, settings=Settings(profiles=False))
    assert unread_reason(channel_of(visit)) is Reason.NOT_CHECKED
    assert all(url.startswith(HOME) for url in session.asked)


async def test_a_base_url_sends_requests_to_another_server() -> None:
    own_server = Settings(
        base_urls=(("https://public.api.bsky.app", "http://127.0.0.1:8441/bsky/"),)
    )
    answers: dict[str, Answer] = {
        HOME: LINKED,
        "http://127.0.0.1:8441/bsky/xrpc/app.bsky.actor.getProfile": profile("acme.bsky.social"),
    }
    visit, session = await visit_over(answers, settings=own_server)
    assert channel_of(visit).state is State.KNOWN
    assert not [url for url in session.asked if "public.api.bsky.app" in url]


async def test_what_wikidata_names_alone_stays_a_candidate() -> None:
    visit, _ = await visit_over({HOME: home(), **wikidata(BLUESKY_CLAIM), **bluesky(name="")})
    channel = channel_of(visit)
    assert channel.candidate
    assert channel.found.found_on == ()
    assert channel.evidence[-1].url == "https://www.wikidata.org/wiki/Q42#P12361"


@pytest.mark.parametrize(
    "item",
    [
        wikidata(BLUESKY_CLAIM, website="https://other.example/"),
        wikidata(BLUESKY_CLAIM, rank="deprecated"),
    ],
    ids=["another website", "outdated"],
)
async def test_an_item_of_another_website_or_of_old_says_nothing(item: dict[str, Answer]) -> None:
    visit, _ = await visit_over({HOME: home(), **item})
    assert visit.channels == ()


async def test_the_preferred_statement_of_wikidata_counts() -> None:
    old, new = ("P12361", "old.bsky.social"), ("P12361", "new.bsky.social")
    answers = wikidata(old, preferred=[new])
    visit, _ = await visit_over({HOME: home(), **answers})
    assert [channel.handle for channel in visit.channels] == ["new.bsky.social"]


@pytest.mark.parametrize(
    "website", ["http://intranet/", "http://10.1.2.3/", "https://wiki.acme.corp/"]
)
async def test_the_name_of_an_intranet_is_told_to_nobody(website: str) -> None:
    company = Company(name="Acme Pumps", website=website)
    _, session = await visit_over({website: LINKED}, company=company)
    assert not [url for url in session.asked if "wikidata" in url]


async def test_the_own_domains_account_is_found_by_webfinger() -> None:
    finger = {
        "subject": "acct:acme@acme.example",
        "links": [
            {
                "rel": "http://webfinger.net/rel/profile-page",
                "href": "https://mastodon.social/@acme",
            }
        ],
    }
    visit, session = await visit_over({HOME: home(), f"{HOME}.well-known/webfinger": finger})
    assert channel_of(visit, "mastodon").url == "https://mastodon.social/@acme"
    asked = [url for url in session.asked if url.startswith(f"{HOME}.well-known/webfinger")]
    assert asked == [f"{HOME}.well-known/webfinger?resource=https%3A%2F%2Fwww.acme.example%2F"]


async def test_a_profile_named_by_an_own_profile_is_verified_in_its_turn() -> None:
    answers: dict[str, Answer] = {
        HOME: LINKED,
        **bluesky("also https://www.youtube.com/@acmepumps"),
    }
    visit, session = await visit_over(answers)
    assert channel_of(visit, "youtube").candidate
    assert [url for url in session.asked if "youtube.com" in url]


async def test_what_a_candidate_names_is_not_followed() -> None:
    about = "see https://www.youtube.com/@somebody"
    visit, session = await visit_over(
        {HOME: home(), **wikidata(BLUESKY_CLAIM), **bluesky(about, name="")}
    )
    assert [channel.platform for channel in visit.channels] == ["bluesky"]
    assert not [url for url in session.asked if "youtube.com" in url]


async def test_where_wikidata_cannot_be_asked_a_note_says_so_and_the_visit_is_complete() -> None:
    visit, _ = await visit_over({HOME: LINKED, f"{WIKI}&action=query": 403, **bluesky()})
    assert channel_of(visit).state is State.KNOWN
    (note,) = [note for note in visit.notes if note.what == "wikidata"]
    assert (note.reason, note.incomplete) == (Reason.HTTP_403, False)


async def test_profiles_behind_a_page_of_links_are_found_and_verified() -> None:
    """The site shows only its page of links; what that names is ours where it leads back."""
    tree = '<a href="https://bsky.app/profile/acme.bsky.social">b</a> <a href="https://acme.example">site</a>'
    linked = home("https://linktr.ee/acmepumps", "https://www.youtube.com/@acmepumps")
    answers: dict[str, Answer] = {
        HOME: linked,
        "https://linktr.ee/acmepumps": tree,
        **bluesky("https://acme.example"),
    }
    visit, _ = await visit_over(answers)
    assert channel_of(visit, "linktree").ownership.links_back
    assert (channel_of(visit).candidate, channel_of(visit).found.found_on) == (False, ())


async def test_of_thousands_of_profiles_on_a_page_few_are_kept_and_fewer_opened() -> None:
    links = [f"https://x.com/acmepumps{number}" for number in range(5_000)]
    visit, session = await visit_over({HOME: home(*links)})
    assert len(visit.channels) <= 100
    assert len([url for url in session.asked if "x.com" in url]) <= 8 * 3


async def test_persons_are_neither_told_nor_opened() -> None:
    visit, session = await visit_over({HOME: home("https://www.linkedin.com/in/jane-doe-acme/")})
    assert not [channel for channel in visit.channels if channel.role is Role.PERSON]
    assert not [url for url in session.asked if "linkedin" in url]


async def test_a_bug_in_a_reader_costs_one_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    def divide_by_zero(ask: Ask) -> Steps[Profile | Unknown]:
        raise ZeroDivisionError(ask.url)

    broken = replace(platforms()["bluesky"], read=divide_by_zero)
    monkeypatch.setitem(platforms(), "bluesky", broken)
    visit, _ = await visit_over({HOME: LINKED})
    assert unread_reason(channel_of(visit)) is Reason.INTERNAL_ERROR
