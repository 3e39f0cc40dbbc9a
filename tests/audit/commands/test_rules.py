"""`audit rules NAME` says of each rule what it looks for, what that rests on, and what is enough."""

import pytest

from audit.commands.rules import show_rules
from audit.model.catalogue import Basis
from audit.model.errors import AuditError
from config.catalogue import load_catalogue


def printed(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command prints of a name."""
    show_rules(name)
    return capsys.readouterr().out


@pytest.mark.parametrize("basis", list(Basis))
def test_a_rule_is_told_with_what_it_rests_on(
    basis: Basis, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = next(rule for rule in load_catalogue().features if rule.rests_on is basis)
    text = printed(rule.id, capsys)
    assert rule.id in text
    assert f"rests on what is {basis}" in text


def test_a_rule_that_departs_from_the_policy_is_told_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rule = next(rule for rule in load_catalogue().features if rule.because)
    assert rule.because in printed(rule.id, capsys).replace("\n", " ")


def test_a_name_that_no_rule_bears_is_an_error() -> None:
    with pytest.raises(AuditError, match="pumptalk"):
        show_rules("pumptalk")


@pytest.mark.parametrize(
    ("name", "hint"), [("mailchim", "there is Mailchimp"), ("intercm", "did you mean `Intercom`")]
)
def test_a_name_that_is_written_otherwise_is_said(name: str, hint: str) -> None:
    with pytest.raises(AuditError, match=hint):
        show_rules(name)


def test_without_a_name_it_is_one_screen_of_counts(capsys: pytest.CaptureFixture[str]) -> None:
    show_rules(None)
    lines = capsys.readouterr().out.splitlines()
    catalogue = load_catalogue()
    assert len(lines) <= 24
    counts = [int(line.split()[0].replace(",", "")) for line in lines[2:8]]
    assert sum(counts[:3]) == len(catalogue.platforms)
    assert counts[4] == len({rule.feature for rule in catalogue.features})


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("twitter", "X (Twitter), a platform"),
        ("YouTube", "Read without a key: "),
        ("forum", "a feature of a website"),
        ("HubSpot", "one mark on a website is proof"),
        ("platforms", "Read without a key"),
        ("keys", "YOUTUBE_API_KEY"),
        ("features", "Such as"),
    ],
)
def test_words_come_first_and_patterns_only_where_they_are_asked_for(
    name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = printed(name, capsys)
    assert words in plain
    assert "rests on what is" not in plain
    assert "→" not in plain


def test_patterns_follow_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    show_rules("youtube", patterns=True)
    text = capsys.readouterr().out
    assert text.index("Read without a key") < text.index("https://youtu.be/abc → no profile")
    assert text.index("Recognised by") < text.index("www.youtube.com/iframe_api")
