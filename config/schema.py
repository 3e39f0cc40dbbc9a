"""The JSON Schema of competitors.yaml, with which an editor completes keys and marks mistakes."""


def competitors_schema() -> dict[str, object]:
    """Return the JSON Schema of competitors.yaml."""
    from config.shape import File

    schema: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**schema, **File.model_json_schema()}
