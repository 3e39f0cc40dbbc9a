"""Whatever is damaged of an archive reads as not there, and the records after it are read."""

import random
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.value import Reason
from scrapers.fetch.archive import Archive, read_archive, read_record
from scrapers.fetch.replay import Replayer
from scrapers.fetch.wire import Answer, Trouble
from tests.audit.test_run import run
from tests.hostile import page, serving

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FILE = "a.1.warc.gz"
BODIES = {f"https://a.example/{number}": bytes([97 + number]) * 3000 for number in range(4)}
GZIP = zlib.MAX_WBITS | 16


def answer(url: str, body: bytes, refers_to: str = "") -> Answer:
    head = (("Content-Type", "text/html"), ("ETag", '"v1"'))
    return Answer(url=url, status=200, headers=head, wire=body, at=NOW, refers_to=refers_to)


def archived(folder: Path) -> list[str]:
    """Write an archive with all that a visit writes; give its records."""
    with Archive(folder, FILE, about="a run") as archive:
        kept = [archive.keep(answer(url, body), ()).record for url, body in BODIES.items()]
        trouble = Trouble(url="https://a.example/9", reason=Reason.TIMEOUT, detail="x", at=NOW)
        archive.note(trouble)
        archive.remember("keys", ["one"])
        archive.keep(answer("https://a.example/0", b"", kept[0]), ())
    return kept


def members(packed: bytes) -> list[bytes]:
    """The text of each record of an archive."""
    texts = []
    while packed:
        unpacker = zlib.decompressobj(wbits=GZIP)
        texts.append(unpacker.decompress(packed))
        packed = unpacker.unused_data
    return texts


def repacked(texts: list[bytes]) -> bytes:
    return b"".join(zlib.compress(text, wbits=GZIP) for text in texts)


def flipped(chance: random.Random, data: bytes) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def mutated(chance: random.Random, packed: bytes) -> bytes:
    """A damaged copy: of what lies on the disk, or of what is packed in it."""
    how = chance.randrange(6)
    if how == 0:
        return flipped(chance, packed)
    if how == 1:
        return packed[: chance.randrange(len(packed))]
    if how == 2:
        at = chance.randrange(len(packed))
        return packed[:at] + packed[at + chance.randrange(1, 400) :]
    texts = members(packed)
    place = chance.randrange(len(texts))
    if how == 3:
        lines = texts[place].splitlines(keepends=True)
        del lines[chance.randrange(len(lines))]
        texts[place] = b"".join(lines)
    elif how == 4:
        texts[place] = flipped(chance, texts[place])
    else:
        return flipped(chance, b"".join(texts))
    return repacked(texts)


def offsets(packed: bytes) -> Iterator[int]:
    for text in range(len(packed)):
        if packed.startswith((b"\x1f\x8b\x08", b"WARC/"), text):
            yield text


def test_no_damage_raises_or_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    archived(tmp_path)
    whole = (tmp_path / FILE).read_bytes()
    for seed in range(500):
        damaged = mutated(random.Random(seed), whole)  # noqa: S311
        (tmp_path / FILE).write_bytes(damaged)
        for answer in read_archive(tmp_path / FILE, FILE).answers:
            assert isinstance(answer, (Answer, Trouble)), seed
        for offset in offsets(damaged):
            read_record(tmp_path, f"{FILE}#{offset}")
        Replayer(tmp_path).open([FILE]).session.remembered("keys", list)
    printed = capfd.readouterr()
    assert (printed.out, printed.err, caplog.text) == ("", "", "")


def test_a_flipped_bit_costs_its_record_and_no_other_and_gives_no_torn_page(
    tmp_path: Path,
) -> None:
    kept = archived(tmp_path)
    whole, start = (tmp_path / FILE).read_bytes(), int(kept[1].partition("#")[2])
    end = whole.index(b"\x1f\x8b\x08", start + 1)
    for at in range(start, end):
        (tmp_path / FILE).write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        opened = read_archive(tmp_path / FILE, FILE)
        answers = [each for each in opened.answers if isinstance(each, Answer)]
        bodies = {answer.url: answer.wire for answer in answers if answer.wire}
        lost = set(BODIES) - set(bodies)
        assert opened.damaged or not lost, at
        assert lost <= {"https://a.example/1"}, at
        assert all(bodies[url] == BODIES[url] for url in set(BODIES) - lost), at
        stored = read_record(tmp_path, kept[1])
        assert stored is None or stored.body == BODIES["https://a.example/1"], at


@pytest.mark.parametrize("header", ["WARC-Target-URI", "WARC-Type", "Content-Length", "HTTP/1.1"])
def test_a_record_that_lost_a_header_is_not_there(tmp_path: Path, header: str) -> None:
    kept = archived(tmp_path)
    texts = members((tmp_path / FILE).read_bytes())
    two = next(
        number
        for number, text in enumerate(texts)
        if b"WARC-Type: response" in text and b"example/0" in text
    )
    lines = texts[two].splitlines(keepends=True)
    texts[two] = b"".join(line for line in lines if not line.startswith(header.encode()))
    (tmp_path / FILE).write_bytes(repacked(texts))
    before = len(repacked(texts[:two]))
    assert read_record(tmp_path, f"{FILE}#{before}") is None
    answers = read_archive(tmp_path / FILE, FILE).answers
    assert sum(bool(each.wire) for each in answers if isinstance(each, Answer)) == len(kept)


def test_an_archive_that_is_not_packed_is_read_as_one_that_is(tmp_path: Path) -> None:
    archived(tmp_path)
    opened = read_archive(tmp_path / FILE, "")
    (tmp_path / "a.warc").write_bytes(b"".join(members((tmp_path / FILE).read_bytes())))
    unpacked = read_archive(tmp_path / "a.warc", "a.warc")
    assert (opened.damaged, unpacked.damaged) == (0, 0)
    packed, plain = opened.answers, unpacked.answers
    assert [each.url for each in plain] == [each.url for each in packed]
    for answer in plain:
        stored = read_record(tmp_path, answer.record)
        if isinstance(answer, Answer) and answer.wire.startswith(tuple(BODIES.values())):
            assert stored is not None
            assert stored.body == answer.wire


@pytest.mark.parametrize("record", ["²#²", f"{FILE}#²", f"{FILE}#{'9' * 30}", f"{FILE}#", "a\0#1"])
def test_a_place_that_no_file_has_is_not_there(tmp_path: Path, record: str) -> None:
    archived(tmp_path)
    assert read_record(tmp_path, record) is None


def test_what_lies_between_records_that_are_not_packed_is_damage(tmp_path: Path) -> None:
    archived(tmp_path)
    texts = members((tmp_path / FILE).read_bytes())
    texts[2] = b"X" + texts[2]
    (tmp_path / "a.warc").write_bytes(b"".join(texts))
    opened = read_archive(tmp_path / "a.warc", "a.warc")
    assert opened.damaged == 1
    assert len(opened.answers) == len(read_archive(tmp_path / FILE, FILE).answers) - (
        b"WARC-Type: request" not in texts[2]
    )


def test_a_replay_of_a_damaged_archive_says_that_it_is_not_whole(tmp_path: Path) -> None:
    blog = page('<a href="/blog/">Blog</a><p>Welcome to our company.</p>')
    posts = page("<article><a href='/blog/one'>One</a> <time>2026-10-01</time></article>")
    with serving({"/": blog, "/blog/": posts}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies: [{{name: A, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        assert run(file, "--allow-private-hosts", "--quiet").returncode == 0
    (archive,) = (tmp_path / "audit-data" / "archive").rglob("*.warc.gz")
    whole = archive.read_bytes()
    middle = len(whole) // 2
    archive.write_bytes(whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :])
    done = run("replay", file, "-o", tmp_path / "again.xlsx")
    assert done.returncode == 1, done.stderr
    assert "pages is not whole: the archive of this visit is damaged in 1 place" in done.stderr
    archive.write_bytes(whole)
    assert run("replay", file, "-o", tmp_path / "again.xlsx").returncode == 0
