"""Every mark of every rule does what its place says: derived from the rules, nothing is written.

What a derived test cannot see, a wrong host or class, is held by `test_snippets.py` (pages as
vendors document them) and `test_ledger.py` (what the catalogue holds, renewed knowingly).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from audit.model.catalogue import PLACES, Basis, FeatureRule, Strength
from audit.model.facts import Signal
from config.catalogue import load_catalogue
from scrapers.parse.urls import registrable
from tests.analysed import signals_of

RULES = load_catalogue().features
FEATURES = sorted({rule.feature for rule in RULES})
ADDRESSES = ("script", "frame", "link", "form")
TAGS = {
    "script": '<script src="{}"></script>',
    "frame": '<iframe src="{}"></iframe>',
    "link": '<a href="{}">Acme</a>',
    "form": '<form action="{}"><input name="q"></form>',
}
"""How a page bears an address, by the place that looks for it."""

WITHIN = {
    r'(\w+) a\[href\^="([^"]+)"\]\[href\$="([^"]+)"\]': '<{0}><a href="{1}acme{2}">Acme</a></{0}>',
    r'script\[src\*="([^"]+)"\]\[src\*="([^"]+)"\]': '<script src="https:{}xx_XX{}"></script>',
    r'img\[([\w-]+)\*="([^"]+)"\]': '<img {0}="https:{1}00">',
    r'a\[href\*="([^"]+)"\]': '<a href="https://www.acme.example/{}">Acme</a>',
}
"""Selectors that look into the address of an element, each with an element of such an address."""

Marked = tuple[FeatureRule, str, str]
"""A rule, and one of its marks: place and value."""


@cache
def marks_of(feature: str) -> tuple[Marked, ...]:
    """The marks of all rules of a feature."""
    return tuple(
        (rule, place, mark)
        for rule in RULES
        if rule.feature == feature
        for place in PLACES
        for mark in getattr(rule, place)
    )


def borne(place: str, mark: str) -> tuple[Signal, ...]:
    """The signals of a page that bears one mark, made from the mark."""
    name, _, content = mark.partition("=")
    if place in ("header", "cookie"):
        header = ("set-cookie", f"{mark}=x; path=/") if place == "cookie" else (name, content)
        return signals_of("", None, header)
    if place in ADDRESSES:
        return signals_of(TAGS[place].format(address(mark)))
    pages = {
        "path": f'<script src="https://www.acme.example{mark}"></script>',
        "inline": f"<script>\n{mark}\n</script>",
        "meta": f'<meta name="{name}" content="{content or "x"}">',
    }
    return signals_of(pages[place] if place in pages else element(mark))


def address(mark: str) -> str:
    """An address under a mark; `host/$` is the host alone."""
    return f"https://{mark.removesuffix('$')}"


def element(selector: str) -> str:
    """An element that a selector is met by: of one name, with an attribute or a part of one."""
    for form, html in WITHIN.items():
        if (match := re.fullmatch(form, selector)) is not None:
            return html.format(*match.groups())
    begins = re.fullmatch(r'\[(class|data-[\w-]+)\^="([\w-]+)"\]', selector)
    if begins is not None:
        return f'<div {begins[1]}="{begins[2]}x"></div>'
    if selector[0].isalpha():
        name = selector.replace("\\", "")
        return f"<{name}></{name}>"
    if (valued := re.fullmatch(r"\[([\w-]+)=([\w-]+)\]", selector)) is not None:
        return f'<div {valued[1]}="{valued[2]}"></div>'
    name = selector.strip(".#[]")
    attribute = {".": f'class="{name}"', "#": f'id="{name}"', "[": f'{name}="x"'}[selector[0]]
    return f"<div {attribute}></div>"


@pytest.mark.parametrize("feature", FEATURES)
def test_each_mark_of_each_rule_fires_its_rule(feature: str) -> None:
    assert [
        f"{rule.id}: {place} {mark!r} does not fire"
        for rule, place, mark in marks_of(feature)
        if rule.id not in {signal.rule for signal in borne(place, mark)}
    ] == []


@pytest.mark.parametrize("feature", FEATURES)
def test_a_host_inside_another_host_fires_nothing(feature: str) -> None:
    assert [
        f"{rule.id}: {place} {mark!r} fires at {url}"
        for rule, place, mark in marks_of(feature)
        if place in ADDRESSES
        for url in neighbours(mark)
        for signal in signals_of(TAGS[place].format(url))
        if signal.rule == rule.id and signal.place == place
    ] == []


def neighbours(mark: str) -> Iterator[str]:
    """Addresses of others that hold the host of a mark: as a part, and behind other letters."""
    host, slash, path = mark.removesuffix("$").partition("/")
    domain = registrable(host)
    yield f"https://{host}.acme.example{slash}{path}"
    yield f"https://{host.removesuffix(domain)}not{domain}{slash}{path}"
    yield f"https://www.acme.example/{host}{slash}{path}"


def test_marks_are_written_as_their_places_are_read() -> None:
    assert [problem for rule in RULES for problem in odd_marks(rule)] == []


def odd_marks(rule: FeatureRule) -> list[str]:
    """Say which marks are not written as docs/add-a-rule.md says."""
    marks = [(place, mark) for place in PLACES for mark in getattr(rule, place)]
    with_scheme = [
        f"{rule.id}: {place} {mark!r} begins with a scheme; write host/path-prefix"
        for place, mark in marks
        if place in ADDRESSES and "//" in mark
    ]
    twice = [
        f"{rule.id}: {place} {mark!r} stands twice"
        for place, mark in marks
        if getattr(rule, place).count(mark) > 1
    ]
    return (
        with_scheme
        + twice
        + [
            f"{rule.id}: inline {mark!r} is too short; write a literal with a word of four letters"
            for mark in rule.inline
            if not re.search("[A-Za-z]{4}", mark)
        ]
    )


def test_the_catalogue_is_wide_enough() -> None:
    marks = sum(len(marks_of(feature)) for feature in FEATURES)
    assert len({rule.vendor for rule in RULES}) >= 600
    assert marks >= 1_500


def test_rule_ids_name_their_feature() -> None:
    assert [rule.id for rule in RULES if not rule.id.startswith(f"{rule.feature}.")] == []


def test_a_name_in_running_text_is_never_proof() -> None:
    names = " ".join(f"<p>We use {rule.vendor} every day.</p>" for rule in RULES)
    assert signals_of(names) == ()


def test_a_user_adds_a_vendor_in_five_lines(tmp_path: Path) -> None:
    own_file = tmp_path / "our-vendors.yaml"
    own_file.write_text(
        "features:\n- id: chat.pumptalk\n  feature: chat\n  vendor: Pumptalk\n"
        "  script: [cdn.pumptalk.example]\n"
    )
    (rule,) = [
        added for added in load_catalogue((own_file,)).features if added.id == "chat.pumptalk"
    ]
    assert (rule.vendor, rule.strength, rule.script) == (
        "Pumptalk",
        Strength.STRONG,
        ("cdn.pumptalk.example",),
    )
    assert len(load_catalogue((own_file,)).features) == len(RULES) + 1


def test_a_users_record_of_an_earlier_version_may_have_examples(tmp_path: Path) -> None:
    own_file = tmp_path / "our-vendors.yaml"
    own_file.write_text(
        "features:\n- id: chat.pumptalk\n  feature: chat\n  vendor: Pumptalk\n"
        "  css: ['.pumptalk']\n  examples: ['<p class=pumptalk>']\n  counterexamples: ['<p>']\n"
    )
    added = {rule.id: rule for rule in load_catalogue((own_file,)).features}["chat.pumptalk"]
    assert (added.css, added.rests_on) == ((".pumptalk",), Basis.DOCUMENTED)
