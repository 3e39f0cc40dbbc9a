"""The rules of findings and actions: complete, within their bounds, and a user's replace ours."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.measure import measure_ids, metric_of
from audit.measure.themes.gaps import Reading
from audit.model.advice import ACTION_PLACES, Effort
from audit.model.catalogue import PLATFORM_KINDS
from audit.model.errors import ConfigError
from config.advice import action_rules, finding_themes
from config.catalogue import load_catalogue
from scrapers.site.features import ALWAYS_LOOKED_FOR

FILE = Path("our.yaml")
OURS = load_catalogue()
THEME = {
    "theme": "reach",
    "weight": 0.5,
    "because": "it is",
    "metrics": [
        {
            "metric": "all.posts_per_week",
            "apart": 1,
            "we": "W {}",
            "typical": "T {}",
            "company": "C",
        }
    ],
}
ACTION = {
    "feature": "newsletter",
    "do": "Write letters",
    "because": "it is",
    "weight": 0.5,
    "effort": "small",
}


def test_every_metric_that_is_told_exists_and_has_a_better_end() -> None:
    for theme in OURS.findings:
        for wording in theme.metrics:
            metric = metric_of(wording.metric.replace("*", "any"))
            assert metric is not None, wording.metric
            assert wording.metric == "figure.*" or metric.higher_is_better is not None
            assert not wording.metric.endswith(".followers")


def test_every_place_of_an_action_can_be_looked_at() -> None:
    kinds = set(PLATFORM_KINDS)
    for rule in OURS.actions:
        assert rule.place in ACTION_PLACES
        assert set(rule.same) <= {"feature", "kind", "platform"}
        assert set(rule.same.get("kind", ())) <= kinds
        match rule.place:
            case "feature":
                # Only what every site is searched for is known to be lacking.
                assert set(rule.names) & set(ALWAYS_LOOKED_FOR), rule.names
                assert rule.have
                assert rule.lack
            case "channel" | "silent":
                assert rule.names == ("site",) or set(rule.names) <= kinds
                assert ("{}" in rule.do) is (rule.names != ("site",))
            case "metric":
                assert all(metric_of(name) for name in rule.names)
            case "topic":
                assert all(Reading(name) for name in rule.names)
                assert "{}" in rule.do
            case _:
                assert rule.place == "broken"


def test_what_an_action_serves_are_measures() -> None:
    of_channels = [f"channel.youtube.{name}" for name in ("posts_per_week", "share_of_posts")]
    known = [*measure_ids(), *of_channels]
    for rule in OURS.actions:
        for pattern in rule.serves:
            filled = pattern.replace("{}", "youtube")
            assert any(fnmatchcase(name, filled) for name in known), pattern


def test_a_users_theme_and_action_replace_those_of_the_same_name() -> None:
    (theme,) = finding_themes([(FILE, [THEME]), (FILE, [THEME | {"weight": 0}])])
    assert theme.weight == 0
    (rule,) = action_rules([(FILE, [ACTION]), (FILE, [ACTION | {"effort": "large"}])])
    assert rule.effort is Effort.LARGE


def test_a_catalogue_file_of_the_users_may_hold_both(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    with file.open("w", encoding="utf-8") as out:
        YAML().dump({"findings": [THEME], "actions": [ACTION | {"weight": 0}]}, out)
    catalogue = load_catalogue((file,))
    assert catalogue.findings[-1].name == "reach"
    assert [rule.weight for rule in catalogue.actions if rule.names == ("newsletter",)] == [0]


@pytest.mark.parametrize(
    ("part", "key"),
    [
        ({}, "findings"),
        ([3], "finding 1"),
        ([THEME | {"theme": ""}], "finding 1"),
        ([THEME | {"colour": "red"}], "finding 1, colour"),
        ([THEME | {"weight": 2}], "reach.weight"),
        ([THEME | {"weight": True}], "reach"),
        ([THEME | {"weight": "much"}], "reach"),
        ([THEME | {"because": None}], "reach"),
        ([THEME | {"metrics": [{"metric": "x"}]}], "reach.metrics"),
        ([THEME | {"metrics": "x"}], "reach.metrics"),
    ],
)
def test_a_theme_that_is_built_wrongly_is_refused_with_its_place(part: object, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        finding_themes([(FILE, part or 3)])
    assert str(caught.value).startswith(f"our.yaml: {key}:")


@pytest.mark.parametrize(
    ("record", "key"),
    [
        (3, "action 1"),
        ({"do": "x"}, "action 1"),
        (ACTION | {"channel": "network"}, "action 1"),
        (ACTION | {"effort": "huge"}, "action 1, effort"),
        (ACTION | {"weight": -1}, "action 1"),
        (ACTION | {"do": ["x"]}, "action 1"),
        (ACTION | {"same": {"place": "x"}}, "action 1, same.place"),
        (ACTION | {"same": ["x"]}, "action 1, same"),
        (ACTION | {"needs": {"a": 1}}, "action 1, needs"),
        (ACTION | {"because": ""}, "action 1"),
    ],
)
def test_an_action_that_is_built_wrongly_is_refused_with_its_place(
    record: object, key: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        action_rules([(FILE, [record])])
    assert str(caught.value).startswith(f"our.yaml: {key}:")
