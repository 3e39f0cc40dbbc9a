#!/bin/sh
# Build the wheel, install it into a fresh environment, and run the tests against that.
set -eu
cd "$(dirname "$0")/.."
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
.venv/bin/python -m pip wheel -q --no-deps --no-build-isolation -w "$place" .
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q --require-hashes -r requirements.lock
"$place/venv/bin/pip" install -q --no-deps "$place"/*.whl
cp -r tests docs README.md CHANGELOG.md pyproject.toml "$place/"
cd "$place"
"$place/venv/bin/python" -m pytest -q -p no:cacheprovider tests
