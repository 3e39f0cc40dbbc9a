"""Beyond the website: profiles found elsewhere, read, and judged; nothing is guessed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.measure.company import measure
from audit.model.channel import Channel, Promise, Role
from audit.model.company import Company, ConfiguredChannel, ManualFigure, Settings
from audit.model.exchange import Failure, Page, Request
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Known, Qualifier, Reason, Unknown
from audit.model.visit import Visit
from tests.fake_session import HOME, NOW, WINDOW, Answer, FakeSession, context, planned, visited
from tests.scrapers.platforms.platform_cases import answered

BSKY = "https://public.api.bsky.app/xrpc/app.bsky"
WIKI = "https://www.wikidata.org/w/api.php"
Said = dict[str, object]


async def seen(
    answers: Mapping[str, Answer],
    *,
    company: Company | None = None,
    settings: Settings | None = None,
) -> tuple[Visit, FakeSession]:
    web = FakeSession(answers, prefixes=True)
    acme = company or Company(name="Acme Pumps", website=HOME)
    return await visited(web, planned(acme, settings or Settings())), web


def home(*links: str) -> str:
    foot = "".join(f'<a href="{link}">us</a> ' for link in links)
    return f"<html lang=en><title>Acme Pumps</title><h1>Acme Pumps</h1><p>Pumps.</p><footer>{foot}</footer>"


def profile(
    handle: str, about: str = "", name: str = "Acme Pumps", followers: object = 120
) -> Said:
    return {
        "did": f"did:plc:{handle.replace('.', '')}",
        "handle": handle,
        "displayName": name,
        "description": about,
        "followersCount": followers,
        "followsCount": 3,
        "postsCount": 1,
    }


def feed(days: int = 3, likes: int = 2) -> Said:
    at = (NOW - timedelta(days=days)).isoformat()
    return {
        "feed": [
            {
                "post": {
                    "uri": "at://x/app.bsky.feed.post/3m5aaaaaaaa2a",
                    "author": {"handle": "acme.example"},
                    "record": {"text": "A new pump", "createdAt": at},
                    "likeCount": likes,
                    "indexedAt": at,
                }
            }
        ]
    }


def bluesky(
    about: str = "", handle: str = "acme.bsky.social", **changes: object
) -> dict[str, Answer]:
    said = profile(handle, about, **changes)  # type: ignore[arg-type]
    return {f"{BSKY}.actor.getProfile": said, f"{BSKY}.feed.getAuthorFeed": feed()}


def one(found: Visit | CompanyResult, platform: str = "bluesky") -> Channel:
    (channel,) = [each for each in found.channels if each.platform == platform]
    return channel


def why(channel: Channel) -> Reason | None:
    """Why a profile was not read."""
    return channel.unread.reason if channel.unread is not None else None


LINKED = home("https://bsky.app/profile/acme.bsky.social")


async def test_a_profile_that_the_site_links_is_read_with_its_posts() -> None:
    found, _ = await seen({HOME: LINKED, **bluesky("https://acme.example/shop")})
    channel = one(found)
    assert channel.state is State.KNOWN
    assert isinstance(channel.followers, Known)
    assert channel.followers.value == 120
    assert channel.ownership.links_back
    assert "links back to the site" in [part.name for part in channel.ownership.parts]
    (section,) = [each for each in found.sections if each.channel == "bluesky"]
    assert [post.title for post in section.posts] == ["A new pump"]


async def test_with_profiles_off_they_are_listed_and_not_asked_for() -> None:
    found, web = await seen({HOME: LINKED}, settings=Settings(profiles=False))
    assert why(one(found)) is Reason.NOT_CHECKED
    assert all(url.startswith(HOME) for url in web.asked)


async def test_a_base_url_sends_requests_to_another_server() -> None:
    mine = Settings(base_urls=(("https://public.api.bsky.app", "http://127.0.0.1:8441/bsky/"),))
    answers: dict[str, Answer] = {
        HOME: LINKED,
        "http://127.0.0.1:8441/bsky/xrpc/app.bsky.actor.getProfile": profile("acme.bsky.social"),
    }
    found, web = await seen(answers, settings=mine)
    assert one(found).state is State.KNOWN
    assert not [url for url in web.asked if "public.api.bsky.app" in url]


def wikidata(
    *claims: tuple[str, str], website: str = "https://acme.example/", rank: str = "normal"
) -> dict[str, Answer]:
    def statement(value: str) -> Said:
        return {"mainsnak": {"datavalue": {"value": value}}, "rank": rank}

    entity: Said = {"claims": {"P856": [statement(website)]}}
    for name, value in claims:
        entity["claims"][name] = [statement(value)]  # type: ignore[index]
    return {
        f"{WIKI}?format=json&maxlag=5&action=query": {"query": {"search": [{"title": "Q42"}]}},
        f"{WIKI}?format=json&maxlag=5&action=wbgetentities": {"entities": {"Q42": entity}},
    }


async def test_what_wikidata_names_alone_stays_a_candidate() -> None:
    found, _ = await seen(
        {HOME: home(), **wikidata(("P12361", "acme.bsky.social")), **bluesky(name="")}
    )
    channel = one(found)
    assert channel.candidate
    assert channel.found.found_on == ()
    assert channel.evidence[-1].url == "https://www.wikidata.org/wiki/Q42#P12361"


async def test_what_wikidata_names_and_links_back_is_theirs() -> None:
    found, _ = await seen(
        {
            HOME: home(),
            **wikidata(("P12361", "acme.bsky.social")),
            **bluesky("see https://acme.example"),
        }
    )
    assert not one(found).candidate


@pytest.mark.parametrize("change", [{"website": "https://other.example/"}, {"rank": "deprecated"}])
async def test_an_item_of_another_website_or_of_old_says_nothing(change: dict[str, str]) -> None:
    found, _ = await seen({HOME: home(), **wikidata(("P12361", "acme.bsky.social"), **change)})
    assert found.channels == ()


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
    found, web = await seen({HOME: home(), f"{HOME}.well-known/webfinger": finger})
    assert one(found, "mastodon").url == "https://mastodon.social/@acme"
    asked = [url for url in web.asked if url.startswith(f"{HOME}.well-known/webfinger")]
    assert asked == [f"{HOME}.well-known/webfinger?resource=https%3A%2F%2Fwww.acme.example%2F"]


async def test_a_profile_named_by_an_own_profile_is_verified_in_its_turn() -> None:
    answers: dict[str, Answer] = {
        HOME: LINKED,
        **bluesky("also https://www.youtube.com/@acmepumps"),
    }
    found, web = await seen(answers)
    assert one(found, "youtube").candidate
    assert [url for url in web.asked if "youtube.com" in url]


async def test_somebody_elses_profile_behind_an_icon_is_a_broken_promise() -> None:
    linked = home("https://bsky.app/profile/zebra.bsky.social")
    other = bluesky(
        "Stripes since 1999, https://www.zebra-zoo.example",
        handle="zebra.bsky.social",
        name="Zebra Zoo",
    )
    found, _ = await seen({HOME: linked, **other}, company=Company(name="Acme Pumps", website=HOME))
    channel = one(found)
    assert channel.promises == (Promise.FOREIGN,)
    assert channel.candidate


async def test_a_dead_profile_behind_an_icon_is_a_broken_promise_and_no_zero() -> None:
    found, _ = await seen({HOME: LINKED, f"{BSKY}.actor.getProfile": {"error": "x"}})
    assert why(one(found)) is Reason.BAD_CONTENT
    gone: dict[str, Answer] = {HOME: LINKED}
    web = FakeSession(gone, prefixes=True)

    async def refusing(request: Request) -> Page | Failure:
        if "getProfile" in request.url:
            return answered({"status": 400}, request.url, b'{"message": "Profile not found"}')
        return await FakeSession(gone, prefixes=True).fetch(request)

    web.fetch = refusing  # type: ignore[method-assign]
    acme = Company(name="Acme Pumps", website=HOME)
    found = await visited(web, planned(acme, Settings()))
    channel = one(found)
    assert channel.promises == (Promise.DEAD,)
    assert isinstance(channel.followers, Unknown)
    assert channel.followers.reason is Reason.HTTP_404


async def test_a_silent_profile_is_dormant() -> None:
    answers: dict[str, Answer] = {
        HOME: LINKED,
        **bluesky(),
        f"{BSKY}.feed.getAuthorFeed": feed(days=200),
    }
    found, _ = await seen(answers)
    assert one(found).promises == (Promise.DORMANT,)


async def test_a_fan_and_an_impostor_are_told_apart() -> None:
    fan = {
        HOME: home(),
        **wikidata(("P12361", "acme.bsky.social")),
        **bluesky("Unofficial fan account of Acme"),
    }
    found, _ = await seen(fan)
    assert (one(found).role, one(found).candidate) == (Role.FAN, True)
    trick = {
        HOME: home(),
        **wikidata(("P12361", "acme.bsky.social")),
        **bluesky("Win at https://www.prizes.example"),
    }
    found, _ = await seen(trick)
    assert (one(found).role, one(found).candidate) == (Role.IMPOSTOR, True)


async def test_a_new_handle_is_followed_and_the_old_one_kept() -> None:
    found, _ = await seen({HOME: LINKED, **bluesky(handle="acmepumps.bsky.social")})
    channel = one(found)
    assert (channel.handle, channel.history.former) == (
        "acmepumps.bsky.social",
        ("acme.bsky.social",),
    )
    assert channel.promises == (Promise.RENAMED,)


async def test_persons_are_never_opened() -> None:
    found, web = await seen({HOME: home("https://www.linkedin.com/in/jane-doe-acme/")})
    assert one(found, "linkedin").role is Role.PERSON
    assert not [url for url in web.asked if "linkedin" in url]


async def test_a_bug_in_a_reader_costs_one_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    from scrapers.platforms import bluesky as module
    from scrapers.platforms import platforms
    from scrapers.platforms.kit import Ask, Profile, Steps

    def divide_by_zero(ask: Ask) -> Steps[Profile | Unknown]:
        raise ZeroDivisionError(ask.url)

    broken = replace(module.PLATFORM, read=divide_by_zero)
    monkeypatch.setitem(platforms(), "bluesky", broken)
    found, _ = await seen({HOME: LINKED})
    assert why(one(found)) is Reason.INTERNAL_ERROR


async def measured(
    answers: dict[str, Answer], before: CompanyResult | None = None, **changes: object
) -> CompanyResult:
    company = Company(name="Acme Pumps", website=HOME, **changes)  # type: ignore[arg-type]
    found, _ = await seen(answers, company=company)
    return measure(company, found, context(WINDOW), before)


async def test_a_changed_layout_is_drift_with_the_old_value_shown_as_old() -> None:
    first = await measured({HOME: LINKED, **bluesky(followers=12_400)})
    assert one(first).history.first_seen == NOW
    second = await measured({HOME: LINKED, **bluesky(followers="a great many")}, first)
    channel = one(second)
    assert isinstance(channel.followers, Unknown)
    assert channel.followers.reason is Reason.DRIFT
    assert "it was 12,400 on 2026-11-24" in channel.followers.detail
    assert channel.history.previous is not None
    assert channel.history.previous.value == 12_400
    assert not second.complete
    values = {each.metric: each.value for each in second.measures}
    assert isinstance(values["channel.bluesky.followers"], Unknown)
    assert isinstance(values["channel.bluesky.posts_per_week"], Known), "the rest is unharmed"
    third = await measured({HOME: LINKED, **bluesky(followers="many")}, second)
    assert one(third).history.previous == channel.history.previous, (
        "an unknown never replaces an older value"
    )


async def test_a_wall_keeps_the_old_value_and_is_no_drift() -> None:
    first = await measured({HOME: LINKED, **bluesky(followers=12_400)})
    second = await measured({HOME: LINKED, f"{BSKY}.actor.getProfile": 403}, first)
    channel = one(second)
    assert why(channel) is Reason.HTTP_403
    assert channel.history.previous is not None
    assert second.complete


async def test_a_rename_between_runs_is_told_by_the_platforms_own_id() -> None:
    first = await measured({HOME: LINKED, **bluesky()})
    new = profile("acmepumps.bsky.social")
    new["did"] = "did:plc:acmebskysocial"
    linked = home("https://bsky.app/profile/acmepumps.bsky.social")
    answers: dict[str, Answer] = {
        HOME: linked,
        f"{BSKY}.actor.getProfile": new,
        f"{BSKY}.feed.getAuthorFeed": feed(),
    }
    second = await measured(answers, first)
    assert one(second).history.former == ("acme.bsky.social",)
    assert one(second).history.first_seen == NOW


BY_HAND = ManualFigure(
    measure="channel.bluesky.followers",
    value=150,
    on=datetime(2026, 10, 1, tzinfo=UTC).date(),
    by="J.",
    place="c.yaml:9",
)


async def test_a_manual_figure_stands_in_where_nothing_could_be_read() -> None:
    result = await measured({HOME: LINKED, f"{BSKY}.actor.getProfile": 403}, manual=(BY_HAND,))
    followers = one(result).followers
    assert isinstance(followers, Known)
    assert (followers.value, followers.qualifiers) == (150, (Qualifier.MANUAL,))
    assert followers.evidence[0].record == "c.yaml:9"
    values = {each.metric: each.value for each in result.measures}
    assert values["channel.bluesky.followers"] == followers


async def test_what_was_measured_wins_over_a_manual_figure() -> None:
    result = await measured({HOME: LINKED, **bluesky()}, manual=(BY_HAND,))
    followers = one(result).followers
    assert isinstance(followers, Known)
    assert followers.value == 120


async def test_a_manual_figure_of_no_measure_is_said_to_be_unused() -> None:
    wrong = replace(BY_HAND, measure="channel.bluesky.fans")
    result = await measured({HOME: home()}, manual=(wrong,))
    assert [note.what for note in result.notes if note.reason is Reason.NOT_CHECKED] == [
        "channel.bluesky.fans"
    ]


async def test_a_configured_channel_that_cannot_be_read_makes_the_company_incomplete() -> None:
    named = ConfiguredChannel(
        platform="bluesky", url="https://bsky.app/profile/acme.bsky.social", place="c.yaml:4"
    )
    walled = await measured({HOME: home(), f"{BSKY}.actor.getProfile": 403}, channels=(named,))
    assert not walled.complete
    by_hand = await measured(
        {HOME: home(), f"{BSKY}.actor.getProfile": 403}, channels=(named,), manual=(BY_HAND,)
    )
    assert by_hand.complete


async def test_totals_over_channels_say_that_they_are_parts() -> None:
    linked = home(
        "https://bsky.app/profile/acme.bsky.social", "https://www.linkedin.com/company/acme-pumps"
    )
    result = await measured({HOME: linked, **bluesky(), "https://www.linkedin.com/": 403})
    values = {each.metric: each.value for each in result.measures}
    active = values["channels.active"]
    assert isinstance(active, Known)
    assert (active.value, active.qualifiers) == (1, (Qualifier.TRUNCATED,))
    assert isinstance(values["channel.linkedin.posts_per_week"], Unknown)


async def test_nothing_readable_is_unknown_and_not_zero() -> None:
    result = await measured(
        {
            HOME: home("https://www.linkedin.com/company/acme-pumps"),
            "https://www.linkedin.com/": 403,
        }
    )
    values = {each.metric: each.value for each in result.measures}
    assert isinstance(values["channels.active"], Unknown)
    assert isinstance(values["channels.posts_per_week"], Unknown)
    assert isinstance(values["presence.broken"], Unknown)


async def test_the_words_of_a_bio_do_not_make_a_fan_of_what_the_site_shows() -> None:
    for about in (
        "For fans of great coffee",
        "A tribute to craft",
        "We are not affiliated with any recruiter",
    ):
        found, _ = await seen({HOME: LINKED, **bluesky(about)})
        assert (one(found).role, one(found).candidate, one(found).promises) == (
            Role.MAIN,
            False,
            (),
        )


async def test_links_to_stores_and_shorteners_lead_nowhere_else() -> None:
    about = "https://bit.ly/x https://open.spotify.com/show/abc https://apps.apple.com/app/id1 https://lnk.bio/y"
    linked = home("https://bsky.app/profile/apflow.bsky.social")
    found, _ = await seen(
        {HOME: linked, **bluesky(about, handle="apflow.bsky.social", name="AP Flow")}
    )
    assert one(found).promises == ()


async def test_a_fan_that_leads_back_to_a_site_which_does_not_name_it_stays_a_fan() -> None:
    about = "Unofficial fan page. The real ones: https://acme.example"
    found, _ = await seen(
        {HOME: home(), **wikidata(("P12361", "acme.bsky.social")), **bluesky(about)}
    )
    assert (one(found).role, one(found).candidate) == (Role.FAN, True)


async def test_a_name_alone_makes_nothing_ours_that_the_site_does_not_name() -> None:
    found, _ = await seen({HOME: home(), **wikidata(("P12361", "acme.bsky.social")), **bluesky()})
    assert one(found).candidate


async def test_a_dead_profile_that_only_others_name_is_no_promise_of_the_sites() -> None:
    answers: dict[str, Answer] = {
        HOME: home(),
        **wikidata(("P12361", "acme.bsky.social")),
        f"{BSKY}.actor.getProfile": {"error": "x"},
    }
    result = await measured(answers)
    values = {each.metric: each.value for each in result.measures}
    broken = values["presence.broken"]
    assert isinstance(broken, Known)
    assert broken.value == 0


async def test_the_preferred_statement_of_wikidata_counts() -> None:
    answers = wikidata(("P12361", "old.bsky.social"))
    entity = answers[f"{WIKI}?format=json&maxlag=5&action=wbgetentities"]
    entity["entities"]["Q42"]["claims"]["P12361"].append(  # type: ignore[index, call-overload]
        {"mainsnak": {"datavalue": {"value": "new.bsky.social"}}, "rank": "preferred"}
    )
    found, _ = await seen({HOME: home(), **answers})
    assert [each.handle for each in found.channels] == ["new.bsky.social"]


@pytest.mark.parametrize(
    "website", ["http://intranet/", "http://10.1.2.3/", "https://wiki.acme.corp/"]
)
async def test_the_name_of_an_intranet_is_told_to_nobody(website: str) -> None:
    company = Company(name="Acme Pumps", website=website)
    _, web = await seen({website: LINKED}, company=company)
    assert not [url for url in web.asked if "wikidata" in url]


async def test_a_country_in_the_companys_own_name_is_no_region() -> None:
    company = Company(name="Air France", website="https://www.airfrance.example/")
    linked = home(
        "https://x.com/airfrance", "https://x.com/airfrance_uk", "https://x.com/airfrancejobs"
    )
    found, _ = await seen(
        {company.website: linked}, company=company, settings=Settings(profiles=False)
    )
    assert {each.handle: each.role for each in found.channels} == {
        "airfrance": Role.MAIN,
        "airfrance_uk": Role.REGIONAL,
        "airfrancejobs": Role.CAREERS,
    }


async def test_of_thousands_of_profiles_on_a_page_few_are_kept_and_fewer_opened() -> None:
    links = [f"https://x.com/acmepumps{number}" for number in range(5_000)]
    found, web = await seen({HOME: home(*links)})
    assert len(found.channels) <= 100
    assert len([url for url in web.asked if "x.com" in url]) <= 8 * 3


async def test_drift_is_seen_by_the_address_that_the_site_names() -> None:
    """The profile's own address differs from the site's; without an answer only the latter is there."""
    new: dict[str, Answer] = {HOME: LINKED, **bluesky(handle="acmepumps.bsky.social")}
    first = await measured(new)
    assert one(first).url.endswith("acmepumps.bsky.social")
    broken: dict[str, Answer] = {HOME: LINKED, f"{BSKY}.actor.getProfile": {"did": None}}
    second = await measured(broken, first)
    assert why(one(second)) is Reason.DRIFT
    assert one(second).history.previous is not None
    assert not second.complete


async def test_posts_that_are_gone_from_the_page_are_drift_too() -> None:
    first = await measured({HOME: LINKED, **bluesky()})
    empty: dict[str, Answer] = {
        HOME: LINKED,
        **bluesky(),
        f"{BSKY}.feed.getAuthorFeed": {"feed": []},
    }
    second = await measured(empty, first)
    last = one(second).last_post
    assert isinstance(last, Unknown)
    assert last.reason is Reason.DRIFT
    assert "channel.bluesky.posts" in [note.what for note in second.notes if note.incomplete]


async def test_a_manual_figure_is_no_measure_of_what_the_page_held() -> None:
    walled: dict[str, Answer] = {HOME: LINKED, f"{BSKY}.actor.getProfile": {"did": None}}
    first = await measured(walled, manual=(BY_HAND,))
    second = await measured(walled, first, manual=(BY_HAND,))
    assert why(one(second)) is Reason.BAD_CONTENT
    assert second.complete


async def test_unread_profiles_leave_the_count_of_broken_promises_open() -> None:
    linked = home(
        "https://bsky.app/profile/acme.bsky.social", "https://www.linkedin.com/company/acme-pumps"
    )
    result = await measured({HOME: linked, **bluesky(), "https://www.linkedin.com/": 403})
    values = {each.metric: each.value for each in result.measures}
    broken = values["presence.broken"]
    assert isinstance(broken, Known)
    assert (broken.value, broken.qualifiers) == (0, (Qualifier.TRUNCATED,))


async def test_of_what_others_wrote_only_the_passing_on_is_kept() -> None:
    passed = feed()
    passed["feed"].append(  # type: ignore[attr-defined]
        {
            "post": {
                "uri": "at://y/app.bsky.feed.post/3m4bbbbbbbb2a",
                "author": {"handle": "somebody.example"},
                "record": {"text": "Words of somebody"},
            },
            "reason": {"$type": "app.bsky.feed.defs#reasonRepost", "indexedAt": NOW.isoformat()},
        }
    )
    answers: dict[str, Answer] = {HOME: LINKED, **bluesky(), f"{BSKY}.feed.getAuthorFeed": passed}
    found, _ = await seen(answers)
    (section,) = [each for each in found.sections if each.channel == "bluesky"]
    assert [(post.title, post.flag) for post in section.posts] == [
        ("passed on", "repost"),
        ("A new pump", ""),
    ]
    assert "somebody" not in repr(section).casefold()


async def test_an_icon_of_a_closed_network_is_a_broken_promise() -> None:
    result = await measured(
        {HOME: home("https://plus.google.com/+AcmePumps", "https://www.youtube.com/@acmepumps")}
    )
    channel = one(result, "google-plus")
    assert channel.promises == (Promise.DEAD,)
    (note,) = [note for note in result.notes if note.what == "channel.google-plus"]
    assert note.help == "mend the link on the site, or ignore the finding"


async def test_profiles_behind_a_page_of_links_are_found_and_verified() -> None:
    """The site shows only its page of links; what that names is ours where it leads back."""
    tree = '<a href="https://bsky.app/profile/acme.bsky.social">b</a> <a href="https://acme.example">site</a>'
    linked = home("https://linktr.ee/acmepumps", "https://www.youtube.com/@acmepumps")
    answers: dict[str, Answer] = {
        HOME: linked,
        "https://linktr.ee/acmepumps": tree,
        **bluesky("https://acme.example"),
    }
    found, _ = await seen(answers)
    assert one(found, "linktree").ownership.links_back
    assert (one(found).candidate, one(found).found.found_on) == (False, ())
