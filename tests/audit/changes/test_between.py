"""What is a change between two runs, and whose doing it is."""

from dataclasses import replace

import pytest

from audit.changes.between import changes_between
from audit.changes.earlier import Again
from audit.model.change import Cause, Event, Severity
from audit.model.channel import CONFIGURED, OwnershipPart
from audit.model.company import Company, ConfiguredChannel, Ignored, Settings
from audit.model.exchange import Fetched
from audit.model.profile import Count, Profile, ProfileFigure, Standing
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import Note
from config.catalogue import load_catalogue
from tests.audit.changes.example import (
    ACME,
    FIRST,
    SITE,
    brief,
    feature,
    named,
    only,
    proof,
    result,
    run,
    told,
    unread,
)
from tests.channel_example import channel, live
from tests.reports import workbook_example

FORUM = feature("forum", vendor="Discourse")
NO_FORUM = feature("forum", state=State.NONE)
BUDGET = Note(what="website", reason=Reason.BUDGET, detail="40 of 90 pages")


def test_a_run_against_itself_brings_no_change() -> None:
    shot = workbook_example.snapshot()
    assert changes_between(shot, shot, load_catalogue()).changes == ()


def test_a_feature_that_comes_and_goes_is_the_companys_doing() -> None:
    with_forum, without = result(FORUM), result(NO_FORUM)
    assert brief(told(run(0, without), run(1, with_forum))) == ["feature.forum new real"]
    assert brief(told(run(0, with_forum), run(1, without))) == ["feature.forum gone real"]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason.HTTP_404, "feature.forum gone real"),
        (Reason.DRIFT, "feature.forum lost access"),
        (Reason.ROBOTS, "feature.forum blocked access"),
        (Reason.TIMEOUT, "feature.forum blocked access"),
    ],
)
def test_an_unknown_feature_is_gone_only_where_its_page_says_so(
    reason: Reason, expected: str
) -> None:
    doubt = feature("forum", state=State.UNKNOWN, reason=reason)
    assert brief(told(run(0, result(FORUM)), run(1, result(doubt)))) == [expected]


def test_what_was_unknown_and_is_met_is_not_new() -> None:
    doubt = feature("forum", state=State.UNKNOWN, reason=Reason.TIMEOUT)
    changes = told(run(0, result(doubt)), run(1, result(FORUM)))
    assert brief(changes) == ["feature.forum readable again access"]


def test_what_stood_on_a_page_that_was_not_read_again_is_not_gone() -> None:
    calculator = feature("calculator")
    far = replace(calculator, evidence=(proof(url=f"{SITE}deep/page/"),))
    changes = told(run(0, result(far)), run(1, result(notes=[BUDGET])))
    assert brief(changes) == ["feature.calculator blocked access"]
    # The page was read again: then it is.
    changes = told(run(0, result(calculator)), run(1, result(notes=[BUDGET])))
    assert brief(changes) == ["feature.calculator gone real"]
    assert changes[0].why == f"{SITE} was read again, and no calculator is on it"


def test_what_is_gone_says_what_was_looked_at() -> None:
    (gone,) = told(run(0, result(FORUM)), run(1, result(NO_FORUM)))
    assert gone.why == "the whole website was read, and no forum is on it"
    door = Fetched(
        url=FORUM.url, why="link", outcome="http-404", fetched_at=FIRST, record="a.warc.gz#2"
    )
    closed = replace(result(NO_FORUM), fetched=(*result().fetched, door))
    (gone,) = told(run(0, result(FORUM)), run(1, closed))
    assert gone.why == f"{FORUM.url} answers that nothing is there any more"
    hubspot, mailchimp = (feature("newsletter", vendor=name) for name in ("HubSpot", "Mailchimp"))
    (switched,) = told(run(0, result(mailchimp)), run(1, result(hubspot)))
    assert switched.why == "the whole website was read, and Mailchimp is not on it"
    (new,) = told(run(0, result(NO_FORUM)), run(1, result(FORUM)))
    assert new.why == ""


def test_features_of_pages_that_a_run_did_not_choose_are_told_as_one() -> None:
    names = ("calculator", "quiz", "survey")
    far = [replace(feature(name), evidence=(proof(url=f"{SITE}deep/{name}/"),)) for name in names]
    changes = told(run(0, result(*far)), run(1, result(notes=[BUDGET])))
    assert brief(changes) == ["feature blocked access"]
    assert changes[0].old == Known(value="Calculator, Quiz, Survey", evidence=())
    changes = told(run(0, result(notes=[BUDGET])), run(1, result(*far)))
    assert brief(changes) == ["feature readable again access"]


def test_a_site_that_shuts_us_out_loses_nothing_and_wins_nothing() -> None:
    seen, shut = result(FORUM, feature("chat", vendor="Intercom")), unread()
    assert brief(told(run(0, seen), run(1, shut))) == ["website blocked access"]
    assert brief(told(run(0, shut), run(1, seen))) == ["website readable again access"]
    assert told(run(0, shut), run(1, shut)) == ()


def test_a_change_of_a_blocked_quarter_is_told_against_the_last_run_that_could_see() -> None:
    first, second = run(0, result(NO_FORUM)), run(1, unread())
    changes = told(second, run(2, result(FORUM)), older=[first])
    assert brief(changes) == ["feature.forum new real", "website readable again access"]
    assert (changes[0].old_run, changes[1].old_run) == ("run-0", "run-1")


def test_a_run_over_some_companies_alone_does_not_make_the_others_new() -> None:
    other = Company(name="Borea", website="https://borea.example/")
    whole, part = run(0, result(FORUM), result(company=other)), run(1, result(FORUM))
    assert told(part, run(2, result(FORUM), result(company=other)), older=[whole]) == ()


BOREA = Company(name="Borea", website="https://borea.example/")


def test_a_run_over_some_companies_says_nothing_of_those_that_it_left_out() -> None:
    whole = run(0, result(FORUM), result(company=BOREA))
    part = only(run(1, result(FORUM)), BOREA)
    assert told(whole, part) == ()
    # One that was taken off the list at the same time is gone from it.
    assert brief(told(whole, only(run(1, result(FORUM))))) == ["company gone window"]
    # On the list and never visited is not new to it either.
    both = run(2, result(FORUM), result(company=BOREA))
    assert told(part, both) == ()
    assert brief(told(run(1, result(FORUM)), both)) == ["company new window"]


def test_each_company_is_compared_with_its_own_last_visit() -> None:
    shut, seen = unread(BOREA), result(FORUM, company=BOREA)
    first = run(0, result(), shut)
    part = only(run(1, result(FORUM)), BOREA)
    # What the run over one company had told of it is not told again, and the other has come back.
    changes = changes_between(
        first, run(2, result(FORUM), seen), load_catalogue(), since=[part], older=()
    )
    assert brief(changes.changes) == ["website readable again access"]
    assert changes.before.id == "run-0"
    assert changes.notes[0].startswith("Acme is compared with the run of ")
    # Blocked in its last visit and blocked now: that was told.
    assert told(part, run(2, result(FORUM), shut), older=[first]) == ()
    assert told(first, run(2, result(FORUM), shut), since=[part]) == ()


def test_a_visit_that_was_broken_off_is_none_to_compare_with() -> None:
    broken = unread(reason=Reason.INTERRUPTED)
    whole, now = run(0, result(FORUM)), run(2, result(FORUM))
    assert told(run(1, broken), now, older=[whole]) == ()
    assert told(whole, now, since=[run(1, broken)]) == ()


def test_a_company_that_joins_the_list_is_said_once() -> None:
    other = result(FORUM, company=Company(name="Borea", website="https://borea.example/"))
    changes = told(run(0, result()), run(1, result(), other))
    assert brief(changes) == ["company new window"]
    changes = told(run(0, result(), other), run(1, result()))
    assert brief(changes) == ["company gone window"]


def test_a_company_by_another_name_is_the_same_company() -> None:
    renamed = named(ACME, name="Acme Pumps", website="http://acme.example")
    assert told(run(0, result(FORUM)), run(1, result(FORUM, company=renamed))) == ()


def test_two_companies_of_one_website_are_told_apart_by_their_names() -> None:
    shop = named(ACME, name="Acme Shop")
    before = run(0, result(FORUM), result(company=shop))
    assert told(before, run(1, result(FORUM), result(company=shop))) == ()
    changes = told(before, run(1, result(FORUM), result(FORUM, company=shop)))
    assert [(each.company, each.event) for each in changes] == [("Acme Shop", Event.NEW)]


def test_a_vendor_in_the_place_of_another_is_one_change() -> None:
    before = result(feature("chat", vendor="Intercom"), feature("cms", vendor="WordPress"))
    now = result(feature("chat", vendor="Drift"), feature("cms", vendor="Hugo"))
    changes = told(run(0, before), run(1, now))
    assert sorted(brief(changes)) == ["vendor.chat switched real", "vendor.cms switched real"]
    assert {each.severity for each in changes} == {Severity.MEDIUM}


def test_a_site_that_moves_to_software_of_another_kind_has_switched() -> None:
    before = result(feature("blog-engine", vendor="WordPress"))
    changes = told(run(0, before), run(1, result(feature("cms", vendor="Joomla"))))
    assert brief(changes) == ["vendor.cms switched real"]


def test_of_what_stands_behind_a_site_the_vendor_alone_is_told() -> None:
    changes = told(run(0, result()), run(1, result(feature("analytics", vendor="Matomo"))))
    assert brief(changes) == ["vendor.analytics new real"]


def test_a_finding_of_a_rule_that_found_nothing_before_may_be_ours() -> None:
    chat = feature("chat", vendor="Intercom", rule="chat.intercom")
    other = named(ACME, name="Borea", website="https://borea.example/")
    changes = told(run(0, result()), run(1, result(chat), rules="r2"))
    assert brief(changes) == ["feature.chat new rule"]
    assert changes[0].severity is Severity.LOW
    # It was at work then: at another company.
    before = run(0, result(), result(chat, company=other))
    changes = told(before, run(1, result(chat), result(chat, company=other), rules="r2"))
    assert brief(changes) == ["feature.chat new real"]


def test_on_a_page_that_is_as_it_was_only_a_rule_can_find_more() -> None:
    other = named(ACME, name="Borea", website="https://borea.example/")
    before = run(0, result(), result(FORUM, company=other))
    now = run(1, result(FORUM, page="unchanged"), result(FORUM, company=other), rules="r2")
    assert brief(told(before, now)) == ["feature.forum new rule"]


def test_like_with_like_tells_rules_from_companies() -> None:
    chat = feature("chat", vendor="Intercom")
    before, now = run(0, result()), run(1, result(FORUM, chat), rules="r2")
    # With today's rules the pages of then show the chat, too: it is no news.
    again = run(0, result(chat), rules="r2")
    changes = told(before, now, again=again)
    assert brief(changes) == ["feature.forum new real", "feature.chat new rule"]


def test_a_company_that_could_not_be_analysed_again_is_compared_as_it_was_saved() -> None:
    other = named(ACME, name="Borea", website="https://borea.example/")
    chat = feature("chat", vendor="Intercom")
    before = run(0, result(), result(company=other))
    now = run(1, result(chat), result(chat, company=other), rules="r2")
    again = run(0, result(chat), result(company=other), rules="r2")
    changes = changes_between(
        before, now, load_catalogue(), again=Again(snapshot=again, unlike=frozenset({"Borea"}))
    )
    # Of Acme it is known to be the rule; of Borea that is as likely as not.
    assert [(each.company, each.cause) for each in changes.changes] == [
        ("Borea", Cause.RULE),
        ("Acme", Cause.RULE),
    ]
    assert not changes.like_with_like


def test_what_the_list_ignores_in_one_run_is_no_change_of_the_company() -> None:
    ignoring = named(ACME, ignore=(Ignored(finding="feature.forum", note="", place=""),))
    changes = told(run(0, result(FORUM)), run(1, result(company=ignoring)))
    assert brief(changes) == ["feature.forum gone window"]


def test_other_settings_are_said_of_the_runs() -> None:
    before = run(0, result(), settings=Settings(lookback_days=90, timezone="Asia/Tokyo"))
    changes = changes_between(before, run(1, result(), rules="r2"), load_catalogue())
    assert changes.changes == ()
    assert [note.partition(" ")[0] for note in changes.notes] == ["This", "Days", "The"]


ADDRESS = "https://bsky.app/profile/acme.example"


def with_profile(profile: Profile | Unknown, **more: object) -> CompanyResult:
    """A company with one profile that its start page names."""
    listed = channel(
        "bluesky",
        ADDRESS,
        "acme.example",
        proof=(proof("link.bluesky"),),
        profile=profile,
        found_on=(SITE,),
    )
    return result(channels=[replace(listed, **more)])  # type: ignore[arg-type]


def followers(count: int, *, exact: bool = True) -> Profile:
    return live(account="did:1", audience=Known(value=count, evidence=(proof(),), exact=exact))


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (followers(1204), followers(1204), []),
        (followers(1204), followers(1229), ["channel.bluesky.followers up real"]),
        (followers(12_300, exact=False), followers(12_349), []),
        (followers(12_300, exact=False), followers(12_400, exact=False), []),
        (
            followers(12_300, exact=False),
            followers(12_700, exact=False),
            ["channel.bluesky.followers up real"],
        ),
        (followers(900), followers(600), ["channel.bluesky.followers down real"]),
        (followers(0), followers(0), []),
    ],
)
def test_a_count_changes_only_beyond_its_rounding(
    before: Profile, now: Profile, expected: list[str]
) -> None:
    changes = told(run(0, with_profile(before)), run(1, with_profile(now)))
    assert brief(changes) == expected


WALL = Unknown(reason=Reason.LOGIN_WALL, detail="a login")


def test_a_profile_that_cannot_be_read_is_blocked_and_nothing_else() -> None:
    seen, shut = with_profile(followers(900)), with_profile(WALL)
    assert brief(told(run(0, seen), run(1, shut))) == ["channel.bluesky blocked access"]
    assert brief(told(run(0, shut), run(1, seen))) == ["channel.bluesky readable again access"]


def test_a_profile_is_new_gone_or_renamed() -> None:
    seen = with_profile(followers(900))
    assert brief(told(run(0, result()), run(1, seen))) == ["channel.bluesky new real"]
    assert brief(told(run(0, seen), run(1, result()))) == ["channel.bluesky gone real"]
    renamed = with_profile(replace(followers(900), handle="acmepumps.example"))
    changes = told(run(0, seen), run(1, renamed))
    assert brief(changes) == ["channel.bluesky renamed real"]
    missing = Profile(standing=Standing.MISSING, evidence=())
    assert brief(told(run(0, seen), run(1, with_profile(missing)))) == ["channel.bluesky gone real"]


def test_another_account_under_the_same_address_is_told_and_its_audience_is_not() -> None:
    other = replace(followers(12), account="did:2")
    changes = told(run(0, with_profile(followers(900))), run(1, with_profile(other)))
    assert brief(changes) == ["channel.bluesky taken over real"]
    assert changes[0].severity is Severity.HIGH


def test_a_profile_of_a_page_that_was_not_read_is_neither_new_nor_gone() -> None:
    seen = with_profile(followers(900))
    elsewhere = replace(
        seen.channels[0], found=replace(seen.channels[0].found, found_on=(f"{SITE}deep/",))
    )
    seen = replace(seen, channels=(elsewhere,))
    bare = result(notes=[BUDGET])
    assert brief(told(run(0, seen), run(1, bare))) == ["channel.bluesky blocked access"]


def test_a_profile_that_a_person_put_on_the_list_is_no_news_of_the_company() -> None:
    listing = named(
        ACME, channels=(ConfiguredChannel(platform="bluesky", url=ADDRESS, place="c.yaml:3"),)
    )
    seen = with_profile(followers(900))
    named_there = replace(
        seen.channels[0],
        ownership=replace(
            seen.channels[0].ownership, parts=(OwnershipPart(name=CONFIGURED, weight=1.0),)
        ),
    )
    now = replace(seen, company=listing, channels=(named_there,))
    assert brief(told(run(0, result()), run(1, now))) == ["channel.bluesky new window"]
    changes = told(run(0, now), run(1, result()))
    assert [(each.event, each.cause) for each in changes] == [(Event.GONE, Cause.WINDOW)]


def test_figures_beside_the_audience_are_no_changes() -> None:
    def films(count: int) -> CompanyResult:
        figure = ProfileFigure(count=Count.VIDEOS, value=Known(value=count, evidence=()))
        return with_profile(replace(followers(900), figures=(figure,)))

    assert told(run(0, films(10)), run(1, films(12))) == ()


def test_a_feature_whose_page_is_gone_shows_that_answer() -> None:
    answer = proof("link.forum", f"{SITE}forum/")
    gone = replace(NO_FORUM, detail="linked, and its page is gone", evidence=(answer,))
    (change,) = told(run(0, result(FORUM)), run(1, result(gone)))
    assert (change.event, change.cause) == (Event.GONE, Cause.REAL)
    assert change.why == "linked, and its page is gone"
