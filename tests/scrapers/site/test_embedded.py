"""Services that no rule knows, named by their domain."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit.model.company import Company
from audit.model.errors import ConfigError
from audit.model.site import Certainty, Feature, State
from config.catalogue import load_catalogue
from scrapers.parse.urls import registrable
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, page, rules

SERVICE = "https://embed.pollcloud.example/v2/e.js"


def features_of(*bodies: str, company: Company = ACME) -> list[Feature]:
    pages = tuple(page(body, f"{HOME}{number or ''}") for number, body in enumerate(bodies))
    found = decide_features(Look(company=company, pages=pages), (), rules())
    return [feature for feature in found if feature.state is State.KNOWN]


def services(*bodies: str, company: Company = ACME) -> Iterator[str]:
    for feature in features_of(*bodies, company=company):
        if feature.feature == "embedded-service":
            yield feature.vendor


def named(*bodies: str, company: Company = ACME) -> list[tuple[str, str]]:
    found = features_of(*bodies, company=company)
    return [(each.feature, each.vendor) for each in found if each.vendor.endswith(".example")]


@pytest.mark.parametrize(
    "html",
    [
        f'<script async src="{SERVICE}"></script>',
        '<iframe src="https://app.pollcloud.example/e/7"></iframe>',
        f"<script>s=d.createElement('script');s.src='{SERVICE}';</script>",
        '<script>{"widget":{"embedUrl":"https:\\/\\/pollcloud.example\\/e\\/7"}}</script>',
        '<p>Wählen Sie!</p><script src="//eu.pollcloud.example/umfragen.js"></script>',
    ],
)
def test_an_unknown_foreign_service_is_named_by_its_domain(html: str) -> None:
    assert named(html) == [("embedded-service", "pollcloud.example")]


def test_a_service_is_as_sure_as_how_it_was_met() -> None:
    (plain,) = features_of(f'<script src="{SERVICE}"></script>')
    (gated,) = features_of(f'<script type="text/plain" src="{SERVICE}"></script>')
    assert (plain.certainty, gated.certainty) == (Certainty.TAG, Certainty.POSSIBLE)
    assert plain.confidence > gated.confidence
    assert plain.evidence[0].excerpt == SERVICE


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://www.acmepumps.example/app.js"></script>',
        '<script src="https://cdn.acmepumps.example/app.js"></script>',
        '<script src="https://acmepumps-cdn.example/app.js"></script>',
        '<script src="https://acmecdn.example/app.js"></script>',
        '<script src="https://acme-static.example/app.js"></script>',
        '<script src="https://acmepumpsshop.example/app.js"></script>',
        '<script src="https://cdn.jsdelivr.net/npm/pump@1/pump.js"></script>',
        '<script src="https://cdnjs.cloudflare.com/ajax/libs/pump/1/pump.js"></script>',
        '<script src="https://d1234567890.cloudfront.net/pump.js"></script>',
        '<script src="https://acme-tool.herokuapp.com/pump.js"></script>',
        '<link href="https://fonts.googleapis.com/css?family=Pump" rel="stylesheet">',
        '<a href="https://pollcloud.example/">Poll Cloud</a>',
        '<img src="https://pollcloud.example/logo.png">',
        '<script src="http://127.0.0.1:8000/x.js"></script>',
        "<script>// thanks to https://pollcloud.example/e.js\n</script>",
        '<iframe class="wp-embedded-content" src="https://pollcloud.example/post/"></iframe>',
    ],
)
def test_own_hosts_libraries_fonts_and_mere_mentions_are_no_services(html: str) -> None:
    assert named(html) == []


@pytest.mark.parametrize(
    "sign",
    [
        '<nav><a href="https://www.valvehouse.example/">Valves</a></nav>',
        '<footer><a href="https://valvehouse.example/imprint">Valve House</a></footer>',
        '<link rel="alternate" hreflang="fr" href="https://fr.valvehouse.example/">',
        '<link rel="canonical" href="https://www.valvehouse.example/pumps">',
        '<link rel="icon" href="https://media.valvehouse.example/favicon.png">',
        '<meta property="og:image" content="https://media.valvehouse.example/front.jpg">',
        "<footer><p>© 2026 Valve House Holding AG</p></footer>",
        "".join(f'<img src="https://i.valvehouse.example/{n}.jpg">' for n in range(4)),
        '<footer><a href="https://valvehouse.de/impressum">Impressum</a></footer>',
        '<img src="https://i.pumpads.example/v1/valvehouse-news/1.jpg">',
    ],
)
def test_other_domains_of_the_house_are_no_services(sign: str) -> None:
    script = '<script src="https://js.valvehouse.example/tool.js"></script>'
    assert named(sign + script) == []
    assert named(script) == [("embedded-service", "valvehouse.example")]


@pytest.mark.parametrize(
    "folder",
    ["https://i.pumpads.example/widgets/1.jpg", "https://js.valvehouse.example/valvehouse/1.jpg"],
)
def test_a_folder_that_anybody_has_or_of_the_service_itself_tells_no_house(folder: str) -> None:
    for domain in ("valvehouse.example", "widgetshop.example"):
        script = f'<script src="https://js.{domain}/tool.js"></script>'
        assert named(f'<img src="{folder}">{script}') == [("embedded-service", domain)]


def test_a_name_that_begins_with_a_number_is_known_by_it() -> None:
    company = Company(name="9pumps", website=HOME)
    script = '<script src="https://kit.{}.example/tool.js"></script>'
    assert named(script.format("9shop"), company=company) == []
    assert named(script.format("7shop"), company=company) == [("embedded-service", "7shop.example")]


def test_an_ending_of_the_houses_own_is_theirs() -> None:
    company = Company(name="Example Pumps", website=HOME)
    script = '<script src="https://kit.tools.example/tool.js"></script>'
    assert list(services(script, company=company)) == []
    assert list(services(script)) == ["tools.example"]


def test_whose_tool_a_site_credits_at_its_foot_is_no_house_of_its_own() -> None:
    credit = '<footer><a rel="nofollow" href="https://pollcloud.example/">Poll Cloud</a></footer>'
    script = f'<script src="{SERVICE}"></script>'
    assert named(credit + script) == [("embedded-service", "pollcloud.example")]


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        ('<iframe title="Live chat" src="https://a.helpbox.example/w"></iframe>', "chat"),
        ('<script src="https://cdn.helpbox.example/livechat/v1.js"></script>', "chat"),
        ('<script src="https://webchat.helpbox.example/v1.js"></script>', "chat"),
        ('<iframe src="https://f.helpbox.example/reviews-widget/9"></iframe>', "reviews"),
        ('<iframe title="Kundenbewertungen" src="https://helpbox.example/9"></iframe>', "reviews"),
        ('<script src="https://cmp.helpbox.example/9.js"></script>', "consent"),
        ('<iframe class="contact-form" src="https://helpbox.example/9"></iframe>', "forms"),
        ('<iframe title="Video player" src="https://helpbox.example/9"></iframe>', "video"),
        (
            '<iframe title="Réservation en ligne" src="https://helpbox.example/9"></iframe>',
            "booking",
        ),
        ('<iframe name="newsletter" src="https://helpbox.example/9"></iframe>', "newsletter"),
    ],
)
def test_a_service_that_says_what_it_is_stands_under_that_feature(html: str, feature: str) -> None:
    assert named(html) == [(feature, "helpbox.example")]


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://helpbox.example/chatter.js"></script>',
        '<script src="https://cdn.helpbox.example/libs/video.js"></script>',
        '<script src="https://cdn.helpbox.example/form.js"></script>',
        '<script src="https://helpbox.example/sync?gdpr_consent=1"></script>',
        '<iframe title="Chat and reviews" src="https://helpbox.example/9"></iframe>',
        '<iframe title="Karte der Werke" src="https://helpbox.example/9"></iframe>',
    ],
)
def test_a_service_that_does_not_say_what_it_is_has_no_kind(html: str) -> None:
    assert named(html) == [("embedded-service", "helpbox.example")]


def test_a_service_on_many_pages_is_one_finding_of_the_kind_that_one_of_them_shows() -> None:
    bare = '<iframe src="https://a.helpbox.example/w"></iframe>'
    told = '<iframe title="Live-Chat" src="https://b.helpbox.example/w"></iframe>'
    (finding,) = features_of(bare, told, bare)
    assert (finding.feature, finding.vendor, finding.seen_on) == ("chat", "helpbox.example", 3)


FIELD = '<input type="email" name="e">'


@pytest.mark.parametrize(
    ("form", "feature"),
    [
        (f'<form action="https://go.mailpump.example/f/3">{FIELD}Subscribe</form>', "newsletter"),
        (
            f'<form action="//mailpump.example/f">{FIELD}Zum Newsletter anmelden</form>',
            "newsletter",
        ),
        (
            '<form action="https://mailpump.example/f"><textarea name="t"></textarea></form>',
            "embedded-service",
        ),
    ],
)
def test_a_form_that_goes_to_a_foreign_domain_is_a_service(form: str, feature: str) -> None:
    assert named(form) == [(feature, "mailpump.example")]


@pytest.mark.parametrize(
    "form",
    [
        f'<form action="/letters">{FIELD}Subscribe</form>',
        f'<form action="https://mail.acmepumps.example/f">{FIELD}Subscribe</form>',
        '<form action="https://www.google.com/search"><input name="q"></form>',
    ],
)
def test_a_form_that_stays_in_the_house_or_searches_is_none(form: str) -> None:
    assert named(form) == []


def test_a_vendor_that_a_rule_names_is_no_unknown_service() -> None:
    html = (
        '<script src="https://widget.intercom.io/widget/x"></script>'
        '<script src="https://js.intercomcdn.com/other/y.js"></script>'
    )
    assert "chat" in {feature.feature for feature in features_of(html)}
    assert list(services(html)) == []


def test_many_services_of_one_page_are_all_named_up_to_a_limit() -> None:
    html = "".join(f'<script src="https://x.bidder{n}q.example/a.js"></script>' for n in range(150))
    assert len(list(services(html))) == 100


def test_a_user_adds_a_domain_that_only_carries_files(tmp_path: Path) -> None:
    own_file = tmp_path / "ours.yaml"
    own_file.write_text("infrastructure: [pollcloud.example]\n")
    assert "pollcloud.example" in load_catalogue((own_file,)).infrastructure


def test_words_of_a_feature_that_nobody_knows_are_refused(tmp_path: Path) -> None:
    own_file = tmp_path / "ours.yaml"
    own_file.write_text("frame_words: {pumps: [pump]}\n")
    with pytest.raises(ConfigError, match="name of a feature"):
        load_catalogue((own_file,))


def test_the_packages_list_holds_whole_domains_once() -> None:
    listed = rules().catalogue.infrastructure
    assert sorted(domain for domain in listed if registrable(domain) != domain) == []


PLUGINS = f"{HOME}wp-content/plugins"
APPS = "https://cdn.shopify.com/extensions/0190-7f"


@pytest.mark.parametrize(
    ("html", "vendor", "feature"),
    [
        (f'<script src="{PLUGINS}/pump-newsletter/a.js"></script>', "pump-newsletter", "newsletter"),
        (f'<link rel="stylesheet" href="{PLUGINS}/wx-social-share/a.css">', "wx-social-share",
         "share-buttons"),
        (f'<script src="{HOME}typo3conf/ext/kundenbewertungen/x.js"></script>', "kundenbewertungen",
         "reviews"),
        (f'<script src="{HOME}mu-plugins/own-newsletter/a.js"></script>', "own-newsletter",
         "newsletter"),
        (f'<script src="{APPS}/pumpcart-2-171/assets/a.js"></script>', "pumpcart",
         "embedded-service"),
        (f'<script src="{APPS}/1.4.0/pump-reviews-12/assets/a.js"></script>', "pump-reviews",
         "reviews"),
    ],
)  # fmt: skip
def test_what_a_site_has_installed_is_named_by_its_name(
    html: str, vendor: str, feature: str
) -> None:
    found = [(each.feature, each.vendor) for each in features_of(html)]
    assert (feature, vendor) in found


@pytest.mark.parametrize(
    "html",
    [
        f'<script src="{PLUGINS}/pump-lazyload/a.js"></script>',
        f'<script src="{PLUGINS}/newsletter/a.js"></script>',
        '<script src="https://rival.example/wp-content/plugins/pump-reviews/a.js"></script>',
        f'<script src="{APPS}/theme-app-extension-3/assets/a.js"></script>',
        f'<script src="{APPS}/app-110/assets/a.js"></script>',
        f'<script src="{APPS}/acmepumps-1/assets/a.js"></script>',
    ],
)
def test_tools_of_the_site_and_what_a_rule_knows_are_not_named_so(html: str) -> None:
    rules_of = {proof.rule for each in features_of(html) for proof in each.evidence}
    assert "embedded.installed" not in rules_of
