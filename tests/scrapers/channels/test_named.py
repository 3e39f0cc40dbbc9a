"""Which of the profiles that pages name are the company's, before any is opened."""

import pytest

from audit.model.company import Company
from tests.scrapers.channels.owned import decided, own

ID = "5wR7497LQwCIDbCsdNhXVn"


@pytest.mark.parametrize(
    "html",
    [
        # The address names the show, the link does, the company asks to follow it.
        '<main><a href="https://podcasts.apple.com/no/podcast/borea-pumps-weekly/id77">Apple</a></main>',
        f'<main><p>Hør <a href="https://open.spotify.com/show/{ID}">Borea Pumps Ukentlig</a></p></main>',
        '<main><p>Folgen Sie uns auf <a href="https://www.facebook.com/profile.php?id=100012345678901">Facebook</a></p></main>',
        '<main><p>Síguenos: <a href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">YouTube</a></p></main>',
        '<main><p>关注我们 <a href="https://discord.gg/Xy12Zq">Discord</a></p></main>',
    ],
)  # fmt: skip
def test_a_profile_known_by_an_id_is_theirs_by_the_words_around_it(html: str) -> None:
    assert len(own(html, *["<p>x</p>"] * 2)) == 1


def test_an_id_beside_a_profile_that_bears_the_name_is_theirs_too() -> None:
    html = (
        '<main><div><a href="https://podcasts.apple.com/no/podcast/borea-pumps/id77">Apple</a>'
        f' <a href="https://open.spotify.com/show/{ID}">Spotify</a></div></main>'
    )
    assert own(html) == ["apple-podcasts 77", f"spotify {ID}"]


@pytest.mark.parametrize(
    "html",
    [
        f'<main><p>We were guests of <a href="https://open.spotify.com/show/{ID}">Well Talk</a></p></main>',
        '<main><p>Follow us! <a href="https://x.com/wellsociety">The Well Society</a></p></main>',
        '<main><div><a href="https://podcasts.apple.com/no/podcast/well-talk/id77">Apple</a>'
        f' <a href="https://open.spotify.com/show/{ID}">Spotify</a></div></main>',
        # An author among the books of a text, beside a profile that bears the name.
        '<article><p><a href="https://www.goodreads.com/author/show/3354.Jane_Doe">Doe</a>'
        ' <a href="https://medium.com/borea-labs">us</a></p></article>',
    ],
)  # fmt: skip
def test_an_id_or_a_strange_name_without_such_words_is_not_theirs(html: str) -> None:
    assert own(html, *["<p>x</p>"] * 2) == []


@pytest.mark.parametrize(
    ("head", "foot", "theirs"),
    [
        # Of two that are near each other the link wins, of two that are not the better one.
        ("@boreapumps", '<a href="https://x.com/borea_pumps">X</a>', "x borea_pumps"),
        ("@boreapumps", '<a href="https://x.com/weldingdaily">X</a>', "x boreapumps"),
        ("@weldingdaily", '<a href="https://x.com/boreapumps">X</a>', "x boreapumps"),
        ("@boreapumps", '<a href="https://x.com/boreapumps">X</a>', "x boreapumps"),
        ("@pompesborea", '<a href="https://x.com/borea_pompes">Suivez-nous</a>', "x borea_pompes"),
    ],
)
def test_a_name_in_the_head_and_a_link_in_the_foot_never_both_lose(
    head: str, foot: str, theirs: str
) -> None:
    html = f'<head><meta name="twitter:site" content="{head}"></head><footer>{foot}</footer>'
    assert own(html) == [theirs]


@pytest.mark.parametrize("handle", ["@Medium", "@substackinc", "@Shopify", "@wordpressdotcom"])
def test_the_account_of_who_hosts_the_site_is_not_the_companys(handle: str) -> None:
    html = (
        f'<head><meta name="twitter:site" content="{handle}">'
        f'<meta property="og:site_name" content="{handle[1:]}"></head>'
    )
    assert decided(html) == {}


def test_a_host_of_websites_that_is_the_company_itself_keeps_its_account() -> None:
    company = Company(name="Shopify", website="https://shopify.example/")
    assert own('<head><meta name="twitter:site" content="@Shopify"></head>', company=company) == [
        "x Shopify"
    ]


def test_a_tenants_host_lends_it_no_name() -> None:
    company = Company(name="Borea", website="https://borea.github.io/")
    html = '<head><meta name="twitter:site" content="@github"></head>'
    assert decided(html, company=company) == {}


MEADOW = Company(name="Tulip", website="https://tulip.meadow.example/")


@pytest.mark.parametrize(
    ("html", "theirs"),
    [
        ('<footer><a href="https://x.com/TheMeadow">Meadow</a></footer>', []),
        ('<footer><a href="https://x.com/tuliphq">Tulip</a></footer>', ["x tuliphq"]),
        # Code is the project's, whoever's account keeps it.
        (
            '<footer><a href="https://github.com/meadow/tulip">Code</a>'
            '<a href="https://x.com/tuliphq">Tulip</a></footer>',
            ["github meadow", "x tuliphq"],
        ),
    ],
)
def test_the_account_of_a_foundation_is_not_its_projects(html: str, theirs: list[str]) -> None:
    assert own(html, company=MEADOW) == theirs


@pytest.mark.parametrize(
    ("repository", "theirs"),
    [
        ("facebook/borea-pumps", ["github facebook"]),
        ("facebook/Borea_Pumps", ["github facebook"]),
        ("facebook/react", []),
        ("facebook", []),
    ],
)
def test_a_vendors_account_is_theirs_where_it_keeps_their_code(
    repository: str, theirs: list[str]
) -> None:
    html = f'<nav><a href="https://github.com/{repository}">GitHub</a></nav>'
    assert own(html) == theirs


def test_contributors_and_employees_are_no_candidates() -> None:
    people = "".join(
        f'<li><a href="https://github.com/coder{number}">coder{number}</a>'
        f'<a href="https://www.linkedin.com/in/jane-{number}/">Jane</a></li>'
        for number in range(12)
    )
    assert decided(f"<main><ul>{people}</ul></main>") == {}


def test_code_of_others_beside_the_own_account_is_no_candidate() -> None:
    own_code = '<footer><a href="https://github.com/borea">Code</a></footer>'
    others = (
        '<aside><a href="https://github.com/scaler/scaler">Our sponsor</a>'
        '<a href="https://x.com/scaler">X</a></aside>'
        '<main><a href="https://github.com/trio/trio">Trio</a>'
        '<a href="https://github.com/borea-labs/valve">Labs</a></main>'
    )
    named = {name for name in decided(f"{others}{own_code}") if name.startswith("github")}
    assert "github borea" in named
    assert named <= {"github borea", "github borea-labs"}
    assert "github scaler" in decided(others.partition("<main>")[0])


def test_a_likely_profile_and_a_page_about_the_company_are_told() -> None:
    channels = decided(
        '<article><p><a href="https://x.com/boreaworks">Works</a></p></article>'
        '<p><a href="https://www.trustpilot.com/review/borea.example">Reviews</a></p>'
    )
    assert {name for name, channel in channels.items() if channel.candidate} == {
        "x boreaworks",
        "trustpilot borea.example",
    }


def test_a_page_about_the_company_is_no_channel_however_surely_it_is_theirs() -> None:
    html = (
        '<footer class="social">Follow us <a href="https://x.com/boreapumps">X</a>'
        '<a href="https://play.google.com/store/apps/details?id=example.boreapumps">App</a></footer>'
    )
    assert own(html) == ["x boreapumps"]


@pytest.mark.parametrize(
    "about",
    [
        '<article><h1>About</h1><ul><li><a href="https://www.linkedin.com/company/borea-pumps/">LinkedIn</a>'
        '<li><a href="https://x.com/boreapumps">X</a></ul></article>',
        '<article><p>Suivez-nous :</p><ul><li><a href="https://www.linkedin.com/company/borea-pumps/">LinkedIn</a>'
        '<li><a href="https://x.com/boreapumps">X</a></ul></article>',
    ],
)  # fmt: skip
def test_a_page_about_the_company_that_lists_its_networks_is_believed(about: str) -> None:
    assert own("<p>x</p>", about, *["<p>x</p>"] * 5) == ["linkedin borea-pumps", "x boreapumps"]


def test_a_page_that_lists_the_networks_of_others_is_not() -> None:
    about = (
        '<article><h1>Our partner</h1><ul><li><a href="https://www.linkedin.com/company/wellwise/">LinkedIn</a>'
        '<li><a href="https://x.com/wellwise">X</a></ul></article>'
    )
    assert own("<p>x</p>", about, *["<p>x</p>"] * 5) == []


def test_a_host_in_unicode_and_its_other_spelling_are_one_company() -> None:
    company = Company(name="Bühler Pumpen", website="https://bühlerpumpen.example/")
    html = '<footer><a href="https://x.com/buhlerpumpen">X</a></footer>'
    assert own(html, company=company) == ["x buhlerpumpen"]


AUTHOR = (
    '<meta name="twitter:creator" content="@annawells">'
    '<article><div class="author-line"><a href="https://x.com/{}">Folgen</a></div></article>'
)


@pytest.mark.parametrize(
    ("html", "theirs"),
    [
        (AUTHOR.format("annawells"), []),
        (AUTHOR.replace("author-line", "byline").format("annawells"), []),
        (AUTHOR.replace("annawells", "boreapumps").format("boreapumps"), ["x boreapumps"]),
    ],
)
def test_who_wrote_a_page_is_not_the_company(html: str, theirs: list[str]) -> None:
    assert own(html) == theirs


ROW = (
    '<main><p>Contacto: <a href="https://mastodon.social/@{0}">https://mastodon.social/@{0}</a>, '
    '<a href="https://t.me/{0}">https://t.me/{0}</a>, '
    '<a href="https://x.com/{0}">@{0}</a></p></main>'
)


def test_addresses_that_a_text_writes_out_are_somebody_elses_unless_they_bear_the_name() -> None:
    assert own(ROW.format("annawells")) == []
    assert len(own(ROW.format("boreapumps"))) == 3
