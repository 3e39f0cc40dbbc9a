"""One policy makes the strength of a rule of what it rests on."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from audit.model.catalogue import PLACES, Basis, FeatureRule, Strength, Usage
from audit.model.errors import ConfigError
from config.catalogue import load_catalogue
from config.strengths import decided, named_domain


def rules_of(tmp_path: Path, records: str) -> dict[str, FeatureRule]:
    """The rules that a user's records make, by their id."""
    own_file = tmp_path / "own.yaml"
    own_file.write_text(f"features:\n{records}")
    packaged = {rule.id for rule in load_catalogue().features}
    rules = load_catalogue((own_file,)).features
    return {rule.id: rule for rule in rules if rule.id not in packaged}


def rule(
    place: str, mark: str, basis: Basis = Basis.KNOWN, vendor: str = "Pumptalk"
) -> FeatureRule:
    """A rule with one mark, whose strength is not decided yet."""
    marks: dict[str, Any] = dict.fromkeys(PLACES, ()) | {place: (mark,)}
    return FeatureRule(
        id=f"chat.{vendor.lower()}",
        feature="chat",
        vendor=vendor,
        strength=Strength.WEAK,
        direction=Usage.USES,
        rests_on=basis,
        because="",
        **marks,
    )


@pytest.mark.parametrize("basis", [Basis.DOCUMENTED, Basis.SEEN])
@pytest.mark.parametrize("place", ["css", "link", "cookie"])
def test_what_is_documented_or_seen_stands_alone(basis: Basis, place: str) -> None:
    (only,) = decided([rule(place, "pt.example", basis)])
    assert only.strength is Strength.STRONG


@pytest.mark.parametrize(
    ("place", "mark"),
    [
        ("css", ".pumptalk-box"),
        ("inline", "PumptalkSettings"),
        ("link", "pumptalk.example"),
        ("cookie", "pumptalk_id"),
        ("script", "d123.cdnfront.example/pumptalk.js"),
        ("path", "/js/pumptalk.js"),
        ("path", "/components/pumptalk/"),
        ("path", "/media/com_pt/"),
    ],
)
def test_what_is_only_known_confirms_another_mark(place: str, mark: str) -> None:
    (only,) = decided([rule(place, mark)])
    assert only.strength is Strength.WEAK


@pytest.mark.parametrize(
    ("place", "mark"),
    [
        ("script", "cdn.pumptalk.example"),
        ("frame", "pumptalk.co.example/embed"),
        ("form", "forms-pumptalk.example"),
        ("path", "/wp-content/plugins/pumptalk/"),
        ("path", "/components/com_pumptalk/"),
        ("path", "/media/com_pumptalk/"),
    ],
)
def test_what_names_its_product_alone_needs_no_second_mark(place: str, mark: str) -> None:
    (only,) = decided([rule(place, mark)])
    assert only.strength is Strength.STRONG


@pytest.mark.parametrize("met", ["pumptalk.example", "cdn.pumptalk.example/survey"])
def test_a_known_address_that_another_vendors_mark_meets_is_weak(met: str) -> None:
    first, _ = decided([rule("script", "cdn.pumptalk.example"), rule("frame", met, vendor="Other")])
    assert first.strength is Strength.WEAK


def test_hosts_side_by_side_on_one_domain_do_not_meet() -> None:
    rules = [rule("script", "chat.pumptalk.example"), rule("script", "maps.pumptalk.example")]
    assert {part.strength for part in decided(rules)} == {Strength.STRONG}


def test_a_rule_that_states_its_strength_keeps_it() -> None:
    (only,) = decided([rule("css", ".pt", Basis.SEEN)], frozenset({"chat.pumptalk"}))
    assert only.strength is Strength.WEAK


def test_a_known_record_is_parted_where_only_some_of_its_marks_stand_alone(tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        "- id: chat.pumptalk\n  vendor: Pumptalk\n"
        "  known: {script: [cdn.pumptalk.example], css: ['.pumptalk-box']}\n",
    )
    alone, hints = rules["chat.pumptalk"], rules["chat.pumptalk.hints"]
    assert (alone.script, alone.css, alone.strength) == (("cdn.pumptalk.example",), (), "strong")
    assert (hints.script, hints.css, hints.strength) == ((), (".pumptalk-box",), "weak")


def test_a_record_may_group_its_marks_by_what_they_rest_on(tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        "- id: chat.pumptalk\n  vendor: Pumptalk\n"
        "  documented: {script: [widget.pumptalk.example]}\n  seen: {css: ['.pt-box']}\n"
        "  known: {cookie: [pt_id]}\n",
    )
    assert {name: (rule.rests_on, rule.strength) for name, rule in rules.items()} == {
        "chat.pumptalk": ("documented", "strong"),
        "chat.pumptalk.seen": ("seen", "strong"),
        "chat.pumptalk.known": ("known", "weak"),
    }


def test_a_stated_strength_goes_before_the_policy(tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        "- id: chat.pumptalk\n  vendor: Pumptalk\n  strength: weak\n  because: its maps have it too\n"
        "  script: [cdn.pumptalk.example]\n",
    )
    assert (rules["chat.pumptalk"].strength, rules["chat.pumptalk"].because) == (
        "weak",
        "its maps have it too",
    )


def test_a_user_replaces_all_rules_of_a_packaged_record(tmp_path: Path) -> None:
    own_file = tmp_path / "own.yaml"
    own_file.write_text("features:\n- id: chat.intercom\n  vendor: Intercom\n  css: ['.mine']\n")
    rules = [rule for rule in load_catalogue((own_file,)).features if rule.vendor == "Intercom"]
    assert [(rule.id, rule.css) for rule in rules if rule.feature == "chat"] == [
        ("chat.intercom", (".mine",))
    ]


@pytest.mark.parametrize("group", ["known: [cdn.pumptalk.example]", "seen: {scripts: [a.example]}"])
def test_a_group_without_places_is_refused_with_its_key(tmp_path: Path, group: str) -> None:
    with pytest.raises(ConfigError, match=f"chat.pumptalk.{group.partition(':')[0]}"):
        rules_of(tmp_path, f"- id: chat.pumptalk\n  {group}\n")


def test_marks_beside_grouped_ones_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="beside those under known"):
        rules_of(tmp_path, "- id: chat.pumptalk\n  script: [a.example]\n  known: {css: ['.a']}\n")


@pytest.mark.parametrize(
    ("mark", "vendor", "domain"),
    [
        ("cdn.pumptalk.example/w.js", "Pumptalk", "pumptalk.example"),
        ("w.pump.talk", "Pump.talk", "pump.talk"),
        ("static.ada.example", "Ada", "ada.example"),
        ("cdn.canada.example", "Ada", ""),
        ("chat-pumpen.example", "Pumpen Gespräch", "chat-pumpen.example"),
        ("d123.cdnfront.example", "Pumptalk", ""),
        ("localhost", "Localhost", ""),
        ("a.example", "", ""),
    ],
)
def test_the_domain_that_bears_a_vendors_name(mark: str, vendor: str, domain: str) -> None:
    assert named_domain(mark, vendor) == domain


def test_a_packaged_rule_departs_from_the_policy_with_a_reason_alone() -> None:
    folder = files("config") / "rules" / "features"
    texts = [entry.read_text("utf-8") for entry in folder.iterdir()]
    departures = sum(text.count("\n  strength: ") for text in texts)
    assert departures == sum(text.count("\n  because: ") for text in texts) < 10
