"""Addresses of profiles: bound to their hosts, behind any tab, in apps, and one identity each."""

import pytest

from scrapers.page.addresses import ProfileAddress
from tests.analysed import HOME, page, rules


def match(url: str) -> ProfileAddress | None:
    return rules().platforms.match(url)


def profile_of(url: str) -> str:
    """Return the profile that an address leads to, or "" for none."""
    profile = match(url)
    return profile.url if profile is not None else ""


def key_of(url: str) -> str:
    """Return what all addresses of a profile have in common; the address itself for none."""
    profile = match(url)
    return profile.key if profile is not None else url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/appsstatus",
        "https://www.google.fr/contributors",
        "https://discord.com/brand-guidelines",
        "https://discordapp.com/status",
        "https://line.me/business",
        "https://www.messenger.com/rooms",
        "https://status.slack.com/",
        "https://daily.bandcamp.com/",
        "https://de.quora.com/",
        "https://help.medium.com/",
        "https://on.substack.com/",
        "https://help.instagram.com/519522125107875",
        "https://about.instagram.com/blog",
        "https://help.threads.net/boreapumps",
        "https://status.bsky.app/profile/borea.example",
        "https://www.youtube.com/show/SCabc",
        "https://www.patreon.com/join",
        "https://www.youtube.com/sports",
        "https://twitter.com/de/privacy",
    ],
)
def test_a_page_of_the_platform_itself_is_nobodys_profile(url: str) -> None:
    assert profile_of(url) == ""


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("https://g.page/borea-pumps", "https://g.page/borea-pumps"),
        ("https://discord.gg/borea-pumps", "https://discord.gg/borea-pumps"),
        ("https://lin.ee/BoReA12", "https://lin.ee/BoReA12"),
        ("https://www.messenger.com/t/boreapumps", "https://www.facebook.com/boreapumps"),
    ],
)
def test_the_same_shape_is_a_profile_on_the_host_that_is_for_it(url: str, profile: str) -> None:
    assert profile_of(url) == profile


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("https://www.facebook.com/boreapumps/any_new_tab", "https://www.facebook.com/boreapumps"),
        ("https://www.facebook.com/boreapumps/opiniões", "https://www.facebook.com/boreapumps"),
        ("https://www.instagram.com/borea.pumps/reposts/", "https://www.instagram.com/borea.pumps"),
        ("https://x.com/boreapumps/superfollows", "https://x.com/boreapumps"),
        ("https://www.youtube.com/boreapumps/courses", "https://www.youtube.com/boreapumps"),
        ("https://www.twitch.tv/boreapumps/home", "https://www.twitch.tv/boreapumps"),
        ("https://www.tiktok.com/@boreapumps/reposts", "https://www.tiktok.com/@boreapumps"),
        ("https://bsky.app/profile/borea.example/search", "https://bsky.app/profile/borea.example"),
        (
            "https://www.reddit.com/r/boreapumps/controversial/",
            "https://www.reddit.com/r/boreapumps",
        ),
        ("https://mastodon.social/@borea/tagged_posts", "https://mastodon.social/@borea"),
        ("https://github.com/orgs/borea/teams", "https://github.com/borea"),
        ("https://www.linkedin.com/company/borea/life/", "https://www.linkedin.com/company/borea"),
    ],
)
def test_whatever_tab_of_a_profile_is_linked_leads_to_the_profile(url: str, profile: str) -> None:
    assert profile_of(url) == profile


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/boreapumps/posts/1234",
        "https://www.facebook.com/boreapumps/photos/a.12/34",
        "https://www.facebook.com/share/p/1AbCdEfGhI/",
        "https://www.instagram.com/boreapumps/reel/AbCdEf/",
        "https://x.com/boreapumps/status/1234",
        "https://www.tiktok.com/@boreapumps/video/1234",
        "https://bsky.app/profile/borea.example/post/3kabc",
        "https://vimeo.com/boreapumps/our-film",
        "https://soundcloud.com/boreapumps/a-song",
        "https://www.reddit.com/r/boreapumps/comments/abc/hello/",
        "https://medium.com/@borea/how-pumps-work-1a2b3c4d5e6f",
        "https://github.com/orgs/borea/discussions/12",
        "https://boreapumps.t.me/12",
    ],
)
def test_a_post_behind_a_name_is_no_profile(url: str) -> None:
    assert profile_of(url) == ""


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("instagram://user?username=borea.pumps", "https://www.instagram.com/borea.pumps"),
        ("twitter://user?screen_name=boreapumps", "https://x.com/boreapumps"),
        ("fb://page/?id=100012345678901", "https://www.facebook.com/100012345678901"),
        (
            "fb://facewebmodal/f?href=https://www.facebook.com/borea",
            "https://www.facebook.com/borea",
        ),
        ("vnd.youtube://www.youtube.com/@borea", "https://www.youtube.com/@borea"),
        ("vnd.youtube:user/borea", "https://www.youtube.com/user/borea"),
        ("tg://resolve?domain=boreapumps", "https://t.me/boreapumps"),
        ("linkedin://company/borea", "https://www.linkedin.com/company/borea"),
        ("vk://vk.com/borea", "https://vk.com/borea"),
        (
            "intent://www.instagram.com/_u/borea/#Intent;scheme=https;end",
            "https://www.instagram.com/borea",
        ),
        ("https://boreapumps.t.me/", "https://t.me/boreapumps"),
        ("https://m.facebook.com/boreapumps?v=info", "https://www.facebook.com/boreapumps"),
        ("https://ig.me/m/borea.pumps", "https://www.instagram.com/borea.pumps"),
        ("https://open.substack.com/pub/borea?r=1a", "https://borea.substack.com"),
        ("https://t.me/@boreapumps", "https://t.me/boreapumps"),
        (
            "https://www.youtube.com/subscription_center?add_user=boreapumps",
            "https://www.youtube.com/user/boreapumps",
        ),
        (
            "https://www.linkedin.com/signup/cold-join?session_redirect=https%3A%2F%2Fno.linkedin.com%2Fcompany%2Fborea",
            "https://www.linkedin.com/company/borea",
        ),
        ("https://ru.m.wikipedia.org/wiki/Насос", "https://ru.wikipedia.org/wiki/Насос"),
        ("https://www.linkedin.com/mwlite/company/borea", "https://www.linkedin.com/company/borea"),
        ("https://x.com/intent/follow?region=x&screen_name=borea", "https://x.com/borea"),
        (
            "https://l.instagram.com/?u=https%3A%2F%2Ft.me%2Fboreapumps&e=AT0",
            "https://t.me/boreapumps",
        ),
        (
            "https://www.instagram.com/accounts/login/?next=/borea/",
            "https://www.instagram.com/borea",
        ),
        (
            "https://www.linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fno.linkedin.com%2Fcompany%2Fborea",
            "https://www.linkedin.com/company/borea",
        ),
    ],
)
def test_app_mobile_login_and_passing_addresses_lead_to_the_profile(url: str, profile: str) -> None:
    assert profile_of(url) == profile


@pytest.mark.parametrize(
    "url",
    ["", "#", "https://", "//", "mailto:borea@facebook.com", "vnd.youtube:dQw4w9WgXcQ",
     "tg://join?invite=AbCdEf", "fb://", "instagram://camera", "https://[", "a" * 5_000 + "://x.com/borea"],
)  # fmt: skip
def test_what_leads_to_no_profile_is_none_and_no_error(url: str) -> None:
    assert profile_of(url) == ""


@pytest.mark.parametrize(
    "urls",
    [
        (
            "https://www.facebook.com/profile.php?id=100012345678901",
            "https://m.facebook.com/profile.php?id=100012345678901&mibextid=ZbWKwL",
            "https://www.facebook.com/people/Borea-Pumps/100012345678901/",
            "https://www.facebook.com/pages/Borea/100012345678901?sk=info",
            "https://www.facebook.com/Borea-Pumps-100012345678901/",
            "https://www.facebook.com/p/Borea-Pumps-100012345678901/",
            "https://www.facebook.com/100012345678901/about",
            "fb://profile/100012345678901",
        ),
        (
            "https://www.facebook.com/BoreaPumps",
            "https://pt-br.facebook.com/boreapumps/",
            "https://m.me/boreapumps",
            "https://www.facebook.com/pg/boreapumps/photos/",
        ),
        ("https://www.snapchat.com/add/borea", "https://www.snapchat.com/@borea"),
        ("https://www.flickr.com/photos/borea/", "https://www.flickr.com/people/borea/"),
        ("https://www.linkedin.com/company/Borea", "https://www.linkedin.com/companies/borea"),
        ("https://weibo.com/u/1234567", "https://m.weibo.cn/u/1234567"),
        ("https://discord.gg/BoReA", "https://discord.com/invite/BoReA", "discord://discord.gg/BoReA"),
    ],
)  # fmt: skip
def test_all_addresses_of_one_profile_have_one_key(urls: tuple[str, ...]) -> None:
    assert len({key_of(url) for url in urls}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://discord.gg/BoReA", "https://discord.gg/borea"),
        ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "https://www.youtube.com/channel/UCABCDEFGHIJKLMNOPQRSTUV"),
        ("https://open.spotify.com/show/5wR7497LQwCIDbCsdNhXVn", "https://open.spotify.com/show/5WR7497LQwCIDbCsdNhXVn"),
        ("https://www.whatsapp.com/channel/0029VaABCDEFGHIJKLMNOP", "https://www.whatsapp.com/channel/0029VaabcDEFGHIJKLMNOP"),
        ("https://www.facebook.com/people/B/pfbid0AbCdEf", "https://www.facebook.com/people/B/pfbid0abcdef"),
    ],
)  # fmt: skip
def test_capitals_tell_ids_and_invites_apart(one: str, other: str) -> None:
    first, second = key_of(one), key_of(other)
    assert first != second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.com/BoreaPumps", "https://x.com/boreapumps"),
        ("https://www.instagram.com/Borea", "https://www.instagram.com/borea"),
        ("https://www.youtube.com/@Borea", "https://www.youtube.com/@borea"),
    ],
)
def test_capitals_make_no_two_of_a_handle(one: str, other: str) -> None:
    first, second = key_of(one), key_of(other)
    assert first == second


def test_two_invites_that_differ_in_capitals_are_two_links_of_a_page() -> None:
    facts = page(
        '<footer><a href="https://discord.gg/BoReA">Discord</a></footer>'
        '<p>Our partner has <a href="https://discord.gg/borea">a server</a></p>'
    )
    assert len({link.key for link in facts.channels}) == 2


@pytest.mark.parametrize(
    "base", ["", '<base href="">', '<base href="https://">', '<base href="#">', '<base href="/">']
)
def test_an_empty_base_and_empty_links_change_nothing(base: str) -> None:
    facts = page(
        f'<head>{base}</head><a href="">x</a><a href="#">y</a><a href="https://">z</a>'
        '<a href="//x.com/boreapumps">X</a><a href="instagram://user?username=borea">I</a>'
    )
    assert [link.url for link in facts.channels] == [
        "https://x.com/boreapumps",
        "https://www.instagram.com/borea",
    ]


@pytest.mark.parametrize(
    ("html", "handles"),
    [
        ('<a rel="me" href="https://social.acmepumps.example/@pumps">us</a>', ["pumps"]),
        ('<a href="https://toot.acmepumps.example/@pumpen">Im Fediverse</a>', ["pumpen"]),
        ('<a rel="nofollow me" href="https://www.acmepumps.example/@pumps">us</a>', ["pumps"]),
        ('<head><link rel="me" href="https://www.acmepumps.example/@pumps"></head>', ["pumps"]),
        ('<a href="https://www.acmepumps.example/@jane">Fediverse</a>', []),
        ('<a href="https://social.acmepumps.example/@pumps/112233445566">Fediverse</a>', []),
        ('<a href="https://blog.acmepumps.example/@jane">Jane</a>', []),
    ],
)
def test_a_server_of_the_fediverse_on_the_own_domain_is_a_channel(
    html: str, handles: list[str]
) -> None:
    channels = page(html).channels
    assert [(link.platform, link.handle) for link in channels] == [
        ("mastodon", handle) for handle in handles
    ]


def test_a_page_of_a_platform_names_none_of_its_profiles() -> None:
    facts = page('<a href="https://x.com/boreapumps">@boreapumps</a>', url="https://x.com/explore")
    assert facts.channels == ()


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<link rel="publisher" href="https://plus.google.com/+BoreaPumps">', ["google-plus"]),
        ('<link rel="author publisher" href="https://plus.google.com/b/1234567890/">', ["google-plus"]),
        ('<link rel="publisher" href="https://www.acmepumps.example/@pumps">', []),
        ('<link rel="stylesheet" href="https://plus.google.com/+BoreaPumps">', []),
    ],
)  # fmt: skip
def test_the_publisher_that_a_head_names_is_a_channel(head: str, found: list[str]) -> None:
    assert [link.platform for link in page(f"<head>{head}</head>", url=HOME).channels] == found


@pytest.mark.parametrize(
    ("href", "profile"),
    [
        ("www.facebook.com/boreapumps", "https://www.facebook.com/boreapumps"),
        ("instagram.com/borea.pumps/", "https://www.instagram.com/borea.pumps"),
        ("https:www.facebook.com/boreapumps", "https://www.facebook.com/boreapumps"),
        ("https//x.com/boreapumps", "https://x.com/boreapumps"),
        ("http://https://www.facebook.com/boreapumps", "https://www.facebook.com/boreapumps"),
        (
            "https://www.facebook.com/https://www.facebook.com/boreapumps",
            "https://www.facebook.com/boreapumps",
        ),
        (
            "https://www.linkedin.com/company/https://www.linkedin.com/company/borea/",
            "https://www.linkedin.com/company/borea",
        ),
        ("https://www.facebook.com/boreapumps\u200b", "https://www.facebook.com/boreapumps"),
        ("https://www.facebook.com/насосы%E2%80%8B/", "https://www.facebook.com/насосы"),
        ("https://www.instagram.com/borea.pumps%20", "https://www.instagram.com/borea.pumps"),
        ("https://x.com/boreapumps,", "https://x.com/boreapumps"),
        ("https://www.facebook.com/@boreapumps", "https://www.facebook.com/boreapumps"),
    ],
)
def test_a_link_with_a_slip_leads_to_the_profile_that_was_meant(href: str, profile: str) -> None:
    for base in ("", "<base href='https://cdn.borea.example/site/'>", "<base href='/de/'>"):
        links = page(f"{base}<footer><a href='{href}'>Borea</a></footer>").channels
        assert [link.url for link in links] == [profile]


@pytest.mark.parametrize(
    "href",
    [
        "https://www.facebook.com/%7B%7Bpage%7D%7D",
        "https://www.facebook.com/[page]",
        "www.facebook.com",
        "www.facebook.com.html",
        "/www.facebook.com/boreapumps",
        "guides/facebook.com/boreapumps",
        "mailto:press@facebook.com/boreapumps",
        "https://archive.example/web/https://www.facebook.com/boreapumps",
        "https://www.facebook.com/https://borea.example/news",
    ],
)
def test_what_only_looks_like_a_profile_with_a_slip_is_none(href: str) -> None:
    assert page(f"<footer><a href='{href}'>Borea</a></footer>").channels == ()


@pytest.mark.parametrize("between", [", ", " , ", "\\n", "; ", " | "])
def test_addresses_in_one_text_of_json_ld_are_read_one_by_one(between: str) -> None:
    addresses = between.join(
        [
            "https://www.facebook.com/boreapumps",
            "https://www.youtube.com/@насосы",
            "www.x.com/borea",
        ]
    )
    facts = page(
        '<script type="application/ld+json">'
        f'{{"@type": "Organization", "name": "Borea", "sameAs": "{addresses}"}}</script>'
    )
    assert sorted(link.handle for link in facts.channels) == ["borea", "boreapumps", "насосы"]


def test_a_comma_in_one_address_of_json_ld_parts_nothing() -> None:
    facts = page(
        '<script type="application/ld+json">{"@type": "Organization", "name": "Borea", '
        '"sameAs": "https://en.wikipedia.org/wiki/Borea,_Inc."}</script>'
    )
    assert [link.url for link in facts.channels] == ["https://en.wikipedia.org/wiki/Borea,_Inc."]


@pytest.mark.parametrize(
    "handle",
    [
        *("yourcompany", "Your_Page", "your.brand.here", "insert-handle", "channel-id", "XXXXX"),
        *("loremipsum", "enteryourname", "Placeholder", "UCxxxxxxxxxxxx", "0000000"),
    ],
)
def test_what_a_theme_puts_in_the_place_of_a_handle_is_nobodys(handle: str) -> None:
    assert rules().platforms.match(f"https://www.instagram.com/{handle}") is None


@pytest.mark.parametrize(
    "handle",
    ["yourbakery", "examples.art", "nullsieben", "company.bergen", "xxl", "profilewood", "yourown"],
)
def test_a_handle_that_only_looks_like_one_of_those_is_somebodys(handle: str) -> None:
    assert rules().platforms.match(f"https://www.instagram.com/{handle}") is not None


def test_a_fragment_is_a_path_only_where_no_path_is() -> None:
    platforms = rules().platforms
    assert platforms.match("https://matrix.to/#/#acme:acme.example") is not None
    assert platforms.match("https://matrix.to/x#/#acme:acme.example") is None
    assert platforms.match("https://www.instagram.com/acme#/x") is not None
    assert platforms.match("https://www.instagram.com/#/acme") is None
