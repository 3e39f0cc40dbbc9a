"""What invites each role of the technographics ladder, read from the package and from a user."""

from pathlib import Path

import pytest

from audit.model.catalogue import PLATFORM_KINDS
from audit.model.errors import ConfigError
from audit.model.kinds import SECTIONS, ActivityKind
from audit.model.ladder import ROLES
from audit.model.profile import Reaction
from config.catalogue import load_catalogue
from config.ladder import ladder
from config.shape import ROLES as TYPED


def test_every_role_has_a_rule_in_the_order_of_the_ladder() -> None:
    assert tuple(rule.role for rule in load_catalogue().ladder) == ROLES == TYPED


def test_what_invites_is_something_that_the_catalogue_finds() -> None:
    known = load_catalogue()
    names = {
        "feature": {rule.feature for rule in known.features} | set(SECTIONS),
        "supplies": {rule.feature for rule in known.features} | {"rss"},
        "kind": set(PLATFORM_KINDS),
        "platform": {rule.name for rule in known.platforms},
    }
    lines = [line for rule in known.ladder for line in rule.invites]
    assert [line for line in lines if line.name not in names[line.place]] == []


def test_what_shows_a_role_is_something_that_is_counted() -> None:
    names = {
        "activity": {kind.value for kind in ActivityKind},
        "reaction": {reaction.value for reaction in Reaction},
        "audience": set(PLATFORM_KINDS),
    }
    lines = [line for rule in load_catalogue().ladder for line in rule.shows]
    assert [line for line in lines if line.name not in names[line.place]] == []
    assert [line for line in lines if bool(line.of) is not (line.place == "activity")] == []


def test_a_users_role_takes_the_place_of_its_namesake(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(
        "ladder:\n- {role: critics, invites: [{feature: quiz, because: they vote}]}\n",
        "utf-8",
    )
    rules = {rule.role: rule for rule in load_catalogue([file]).ladder}
    assert [line.name for line in rules["critics"].invites] == ["quiz"]
    assert rules["joiners"] in load_catalogue().ladder


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"role": "critics"}, "must be a list"),
        (["critics"], "must be a record"),
        ([{"role": "lurkers"}], "must be one of creators"),
        ([{"role": "critics", "why": ""}], "has the keys role"),
        ([{"role": "critics", "invites": "reviews"}], "must be a list"),
        ([{"role": "critics", "invites": [{"because": "x"}]}], "needs one of the keys feature"),
        ([{"role": "critics", "invites": [{"feature": "quiz"}]}], "needs the key `because`"),
        (
            [{"role": "critics", "invites": [{"feature": "quiz", "kind": "app", "because": "x"}]}],
            "needs one of the keys feature",
        ),
        ([{"role": "critics", "shows": [{"of": "forum"}]}], "needs one of the keys activity"),
    ],
)
def test_a_part_that_is_built_otherwise_is_refused_with_its_key(part: object, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as refused:
        ladder([(Path("ours.yaml"), part)])
    assert refused.value.path == Path("ours.yaml")
    assert refused.value.key
