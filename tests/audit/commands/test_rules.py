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
