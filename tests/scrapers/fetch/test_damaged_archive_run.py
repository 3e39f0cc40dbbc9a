"""A run that would point to a damaged page of an earlier run asks for it anew."""

import zlib
from pathlib import Path

from audit.store.sqlite import SqliteHistory
from tests.audit.commands.test_forget import ETAGGED, again
from tests.audit.test_run import run as command
from tests.hostile import page, serving

GZIP = zlib.MAX_WBITS | 16


def without_address(path: Path, offset: int) -> None:
    """Take the address out of one record, and leave all the others where they are."""
    packed = path.read_bytes()
    unpacker = zlib.decompressobj(wbits=GZIP)
    lines = unpacker.decompress(packed[offset:]).splitlines(keepends=True)
    text = b"".join(line for line in lines if not line.startswith(b"WARC-Target-URI"))
    path.write_bytes(packed[:offset] + zlib.compress(text, wbits=GZIP) + unpacker.unused_data)


def test_a_damaged_page_is_asked_for_anew(tmp_path: Path) -> None:
    def unchanged(connection: object, head: bytes) -> None:
        known = b"if-none-match" in head.lower()
        body = page("<p>Hello.</p>", extra=ETAGGED)
        answer = b'HTTP/1.1 304 X\r\nETag: "v1"\r\nConnection: close\r\n\r\n' if known else body
        connection.sendall(answer)  # type: ignore[attr-defined]

    data = tmp_path / "audit-data"
    with serving({"/": unchanged}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: Acme, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        assert again(file).returncode == 0
        with SqliteHistory.open(data) as store:
            (result,) = store.load(store.ids()[0]).results
        name, _, offset = result.kept[f"{site.url}/"].record.rpartition("#")
        without_address(data / name, int(offset))
        next_run = again(file)
        assert (next_run.returncode, next_run.stderr.count("internal")) == (0, 0), next_run.stderr
        replayed = command("replay", file, "--format", "json", "-o", tmp_path / "r.json")
    assert replayed.returncode == 0, replayed.stderr
