"""What is written into the history comes back exactly, also what an older version wrote."""

import json

from audit.model.channel import Channel
from audit.model.dated import Dated, DateSource
from audit.model.result import CompanyResult
from audit.model.value import Known
from audit.store.codec import dumps, loads
from tests.audit.store.examples import NOW, channel, result


def test_known_absent_and_unknown_come_back_as_they_were() -> None:
    again = loads(dumps(result()), CompanyResult)
    assert again == result()
    assert isinstance(again.measures[0].value, Known)
    assert type(again.measures[0].value.value) is int


def test_a_type_is_known_by_its_name_whatever_module_it_was_in() -> None:
    """Older versions wrote the module too, and types have moved since."""
    dated = Dated(at=NOW, source=DateSource.FEED)
    text = dumps(dated)
    for name in ("Dated", "DateSource"):
        assert f'"{name}"' in text
        text = text.replace(f'"{name}"', f'"web.{name}"')
    assert loads(text, Dated) == dated


def test_a_channel_from_before_profiles_were_read_is_read() -> None:
    old = json.loads(dumps(channel()))
    for name in ("last_post", "figures", "promises", "previous", "account", "first_seen"):
        del old[name]
    assert loads(json.dumps(old), Channel) == channel()
