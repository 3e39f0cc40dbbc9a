"""The JSON Schema of competitors.yaml, as it is shipped and documented."""

import json
from importlib.resources import files

from jsonschema import Draft202012Validator

from config.schema import competitors_schema
from tests.places import ROOT


def test_shipped_schema_is_the_one_of_the_code() -> None:
    shipped = files("config") / "competitors.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == competitors_schema()


def test_schema_is_valid_json_schema() -> None:
    Draft202012Validator.check_schema(competitors_schema())


def test_every_key_is_described_in_the_schema_and_the_documentation() -> None:
    schema = json.loads(json.dumps(competitors_schema()))
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    for shape in [schema, *schema["$defs"].values()]:
        for key, described in shape["properties"].items():
            assert described.get("description"), key
            assert f"`{key}`" in page
