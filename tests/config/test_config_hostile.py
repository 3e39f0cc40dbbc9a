"""competitors.yaml that is no list: refused at once, in words; names that look alike are one."""

import gzip
import json
import os
import socket
import sys
import time
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.model.errors import AuditError, ConfigError
from config import catalogue
from config.catalogue import load_catalogue
from config.explain import Problem
from config.load import MAX_BYTES, MAX_PROBLEMS, _refuse, load_competitors
from config.names import folded
from config.remarks import remarks
from config.starter import starter
from scrapers.page.rules import Rules
from tests.audit.test_run import run
from tests.hostile import page, serving

COMPANY = "companies:\n- {name: A, website: 'https://a.example'}\n"
ON_LINUX = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")


def refusal(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_competitors(path, lambda _extra: ("youtube",))
    return str(caught.value)


@ON_LINUX
@pytest.mark.parametrize("kind", ["pipe", "socket", "device", "endless", "link to a pipe"])
def test_what_is_no_file_is_refused_and_never_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "c.yaml"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(str(path))
        case "device":
            path = Path("/dev/null")
        case "endless":
            path = Path("/dev/zero")
        case _:
            os.mkfifo(tmp_path / "p")
            path.symlink_to(tmp_path / "p")
    assert "pipe or a device; name a YAML file" in refusal(path)


@ON_LINUX
@pytest.mark.parametrize("command", ["check", "run", "report", "replay"])
def test_no_command_waits_for_a_pipe(tmp_path: Path, command: str) -> None:
    os.mkfifo(tmp_path / "c.yaml")
    (tmp_path / "d.yaml").write_text("catalogue: [c.yaml]\n" + COMPANY, encoding="utf-8")
    for name in ("c.yaml", "d.yaml"):
        done = run(command, tmp_path / name)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "audit-data").exists()


def test_files_of_another_kind_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        book.writestr("x", "y")
    contents = {
        "doc.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "paper.pdf": b"%PDF-1.7\n",
        "text.rtf": b"{\\rtf1\\ansi hello}",
        "packed.gz": gzip.compress(b"companies: []"),
        "history.sqlite3": b"SQLite format 3\0",
        "utf16le.yaml": COMPANY.encode("utf-16"),
        "utf16be.yaml": b"\xfe\xff" + COMPANY.encode("utf-16-be"),
        "utf16bare.yaml": COMPANY.encode("utf-16-le"),
        "utf32.yaml": COMPANY.encode("utf-32"),
        "latin1.yaml": "companies: [{name: é}]".encode("latin-1"),
        "nul.yaml": b"companies:\0",
        "empty.yaml": b"",
    }
    words = {
        "book.xlsx": "is a workbook",
        "doc.xls": "Office document",
        "paper.pdf": "is a PDF",
        "text.rtf": "save it as plain text",
        "packed.gz": "packed file",
        "history.sqlite3": "is a history",
        "utf16le.yaml": "save it as UTF-8",
        "utf16be.yaml": "save it as UTF-8",
        "utf16bare.yaml": "save it as UTF-8",
        "utf32.yaml": "save it as UTF-8",
        "latin1.yaml": "save the file as UTF-8",
        "nul.yaml": "U+0000 is not allowed",
        "empty.yaml": "start with `companies:`",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    assert [name for name in words if words[name] not in refusal(tmp_path / name)] == []


def test_a_place_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "gone.yaml")
    (tmp_path / "a").symlink_to(tmp_path / "a")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert "this link leads to a file that is not there" in refusal(tmp_path / "link.yaml")
    assert "cannot be read" in refusal(tmp_path / "a")
    assert "cannot be read" in refusal(tmp_path / "file" / "c.yaml")
    assert "cannot be read" in refusal(tmp_path / ("x" * 300))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the owner may all")
def test_a_file_without_the_right_to_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(COMPANY, encoding="utf-8")
    (tmp_path / "c.yaml").chmod(0)
    assert "you have no right to read this file" in refusal(tmp_path / "c.yaml")


def test_a_size_is_known_before_anything_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(2**40)
    assert "over 1 MiB" in refusal(path)


def test_too_many_companies_are_refused_at_the_first_too_many(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    rows = "".join(f"- {{name: C{n}, website: 'https://c{n}.ex'}}\n" for n in range(20_000))
    path.write_text("companies:\n" + rows, encoding="utf-8")
    assert path.stat().st_size < MAX_BYTES
    assert f"{path}:1002:" in refusal(path)
    assert "more than 1,000 companies; split the file" in refusal(path)
    path.write_text("companies:\n" + "".join(rows.splitlines(True)[:1000]), encoding="utf-8")
    assert len(load_competitors(path, lambda _extra: ()).companies) == 1000


def test_too_many_keys_are_refused_at_the_first_too_many(tmp_path: Path) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text(COMPANY + "".join(f"k{n}: 1\n" for n in range(45_000)), encoding="utf-8")
    assert f"{path}:502:" in refusal(path)
    assert "more than 500 keys in one place" in refusal(path)


def test_only_the_mistakes_that_are_told_are_put_into_words() -> None:
    told: list[int] = []

    def problem(number: int) -> Problem:
        return Problem(number, 1, "", lambda: f"mistake {told.append(number) or number}")  # type: ignore[func-returns-value]

    with pytest.raises(ConfigError) as caught:
        _refuse([problem(number) for number in range(50_000, 0, -1)], Path("c.yaml"))
    assert told == list(range(1, MAX_PROBLEMS + 1))
    assert str(caught.value).endswith("and 49990 more mistakes")
    assert len(caught.value.lines) == MAX_PROBLEMS + 1


MEGABYTE = MAX_BYTES - 200
SHAPES = {
    "aliases": "a: [&a x, " + "*a, " * (MEGABYTE // 4) + "]",
    "anchors": "a:\n" + "".join(f"- &a{n} x\n" for n in range(80_000)),
    "block text": "a: |\n" + " x\n" * (MEGABYTE // 3),
    "brackets": "a: " + "[" * MEGABYTE,
    "colons": "a" + ":" * MEGABYTE,
    "dashes": "- " * (MEGABYTE // 2),
    "directives": "%FOO\n" * (MEGABYTE // 5),
    "escapes": 'a: "' + "\\x41" * (MEGABYTE // 4) + '"\n',
    "exclusions": COMPANY.replace("}", ", exclude: [" + "'ftp:', " * 45_000 + "]}"),
    "line ends": "\n" * MEGABYTE,
    "long key": "a" * MEGABYTE + ": 1\n",
    "long name": COMPANY.replace("A,", "'" + "a " * (MEGABYTE // 2) + "',"),
    "question marks": "? " * (MEGABYTE // 2),
    "tag": "a: !" + "b" * MEGABYTE,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_of_anything_is_refused_in_bounded_time(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(SHAPES[shape], encoding="utf-8")
    assert path.stat().st_size <= MAX_BYTES
    began = time.process_time()
    message = refusal(path)
    assert time.process_time() - began < 30
    assert len(message.replace(str(path), "")) < 2_000


ALIKE = [
    ("Acme", "ACME"),
    ("Acme  Pumps", "Acme Pumps"),
    ("Acme\u00a0Pumps", "Acme Pumps"),
    ("Café", "Cafe\u0301"),
    ("Acme", "Ac\u200bme"),
    ("Acme", "\ufeffAcme"),
    ("Acme", "\u202aAcme\u202c"),
    ("Acme", "Ac\u00adme"),
    ("Acme", "Acme\ufe0f"),
    ("Acme", "Ac\u034fme"),
    ("Acme", "\uff21\uff43\uff4d\uff45"),
    ("Straße", "STRASSE"),
    ("Coca-Cola", "Coca\u2011Cola"),
    ("L'Oréal", "L\u2019Oréal"),
    ("ﬁn", "fin"),
    ("İstanbul", "i\u0307stanbul"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_names_that_look_alike_are_one_name(tmp_path: Path, one: str, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        f"companies:\n- {{name: \"{one}\", website: 'https://a.example'}}\n"
        f"- {{name: \"{other}\", website: 'https://b.example'}}\n",
        encoding="utf-8",
    )
    message = refusal(path)
    assert f'the same name as companies[0]: "{one.strip()}"' in message
    assert f"{path}:3:" in message


@pytest.mark.parametrize(
    ("one", "other"), [("Café", "Cafe"), ("A B", "AB"), ("A-B", "A B"), ("Größe", "Grösse 2")]
)
def test_names_that_look_different_are_two(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize("name", ["\u200b", "\u202a\u202c", "\u3164", "\u00ad \u2060", "\ufe0f"])
def test_a_name_that_nobody_can_see_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(COMPANY.replace("A,", f'"{name}",'), encoding="utf-8")
    assert "can be seen" in refusal(path)


@pytest.mark.parametrize("name", ["a\\nb", "a\\u2028b", "a\\u0085b", "a\\tb", "a\\x1b[2J"])
def test_a_name_is_one_line_without_control(tmp_path: Path, name: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(COMPANY.replace("A,", f'"{name}",'), encoding="utf-8")
    assert f"{path}:2:" in refusal(path)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.acme.example/",
        "http://acme.example",
        "https://ACME.example",
        "https://acme.example.",
        "https://acme.example:443/",
        "https://acme.example/#top",
    ],
)
def test_a_website_that_is_listed_twice_is_remarked_on(tmp_path: Path, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://acme.example'}\n"
        f"- {{name: Two, website: '{other}'}}\n",
        encoding="utf-8",
    )
    (line,) = remarks(load_competitors(path, lambda _extra: ()))
    assert line.startswith('"Two" has the same website as "One"')


def test_a_website_in_two_spellings_of_its_alphabet_is_one(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://bücher.example'}\n"
        "- {name: Two, website: 'https://xn--bcher-kva.example/'}\n",
        encoding="utf-8",
    )
    assert "the same website" in remarks(load_competitors(path, lambda _extra: ()))[0]


@pytest.mark.parametrize(
    "other",
    ["https://acme.example/de", "https://de.acme.example", "https://acme.example:8443",
     "https://acme.example/?shop=2"],
)  # fmt: skip
def test_another_part_of_a_website_is_another_website(tmp_path: Path, other: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(
        "companies:\n- {name: One, website: 'https://acme.example'}\n"
        f"- {{name: Two, website: '{other}'}}\n",
        encoding="utf-8",
    )
    assert remarks(load_competitors(path, lambda _extra: ())) == ()


def test_a_name_on_the_command_line_is_found_in_any_spelling(tmp_path: Path) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            "settings: {delay_seconds: 0}\ncompanies:\n"
            f"- {{name: \"L'Oréal\\u200b [x]\", website: '{site.url}/'}}\n"
            f"- {{name: Other, website: '{site.url}/other'}}\n",
            encoding="utf-8",
        )
        asked = "L\u2019ORE\u0301AL  [X]"
        out = tmp_path / "o.json"
        done = run(file, "--only", asked, "--allow-private-hosts", "--format", "json", "-o", out)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(out.read_text("utf-8"))["companies"]) == 1
    assert run("explain", file, asked, "presence.features").returncode == 0
    missing = run(file, "--only", "Nobody")
    assert missing.returncode == 2
    assert 'no company "Nobody" in the file; there are: L\'Oréal [x], Other' in missing.stderr


def test_guessed_names_do_not_look_alike(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    text = starter(["https://caf\u00e9.example", "https://cafe\u0301.test", "https://CAFÉ.org"])
    file.write_text(text, encoding="utf-8")
    assert len(load_competitors(file, lambda _extra: ()).companies) == 3


@pytest.mark.parametrize(
    "day",
    ["0001-01-01", "1969-12-31", "1989-12-31", "9999-12-31", "{in two days}", "{in a year}"],
)
def test_a_day_out_of_range_is_refused_with_the_range(tmp_path: Path, day: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("settings: {timezone: Pacific/Kiritimati}\n" + COMPANY, encoding="utf-8")
    today = datetime.now(UTC)
    typed = day.format(
        **{
            "in two days": f"{today + timedelta(days=3):%Y-%m-%d}",
            "in a year": f"{today + timedelta(days=365):%Y-%m-%d}",
        }
    )
    done = run(file, "--as-of", typed)
    assert done.returncode == 2
    assert "choose a day between 1990-01-01 and" in done.stderr
    assert not (tmp_path / "audit-data").exists()


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_first_day_with_the_longest_window_is_no_fault(tmp_path: Path, zone: str) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0, lookback_days: 36500, timezone: {zone}}}\n"
            f"companies: [{{name: A, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        done = run(file, "--as-of", "1990-01-01", "--allow-private-hosts")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "c.xlsx").exists()


@pytest.mark.parametrize(
    "zone",
    ["", ".", "..", "/etc/passwd", "../UTC", "Europe", "Mars/Olympus", "leapseconds", "tzdata.zi",
     "Ünïcode/Zöne", "a" * 5000, "UTC\\u200b", "CET/", "CON", "zone.tab", "UTC+1:00"],
)  # fmt: skip
def test_what_is_no_time_zone_is_refused(tmp_path: Path, zone: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(f'settings: {{timezone: "{zone}"}}\n' + COMPANY, encoding="utf-8")
    assert f"{path}:1:" in refusal(path)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "'0001-01-01'", "1989-12-31"])
def test_a_figure_read_by_hand_is_of_a_day_of_the_web(tmp_path: Path, day: str) -> None:
    path = tmp_path / "c.yaml"
    figure = f"manual: [{{measure: channel.x.followers, value: 1, on: {day}, by: J}}]"
    path.write_text(COMPANY.replace("}", f", {figure}}}"), encoding="utf-8")
    assert "must be a date such as" in refusal(path)


@pytest.mark.parametrize("name", ["a\nb:9:9: forged.yaml", "\x1b[2J.yaml", "[b].yaml"])
def test_a_message_is_one_line_whatever_the_file_is_called(tmp_path: Path, name: str) -> None:
    done = run("check", tmp_path / name)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "\x1b" not in done.stderr


def test_a_key_cannot_forge_a_line_of_a_message(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text('"a\\nforged:1:1": 1\n"b": 2\n' + COMPANY, encoding="utf-8")
    done = run("check", file)
    assert [line.startswith(f"{file}:") for line in done.stderr.splitlines()] == [True, True]


BAD = (None, 1, True, "x", "(", [], {}, [1], ["("], [[1]], {"a": 1}, {"a": [1]}, {"a": {"b": {}}})
OURS: dict[str, object] = {
    "platforms": [
        {
            "name": "p", "title": "P", "kind": "network", "hosts": ["p.example"],
            "profile": ["^/f/(?P<id>[a-z]+)$"], "canonical": "https://p.example/f/{id}",
            "host_pattern": "^x$", "not_profile": "^/s", "reserved": ["a"], "keep_query": ["a"],
            "person": "^/q", "dead": False, "examples": {"https://p.example/f/a": "a"},
            "wikidata": {"P1": "x"},
        }
    ],
    "features": [
        {
            "id": "chat.x", "feature": "chat", "vendor": "X", "strength": "strong",
            "direction": "uses", "script": ["a.example"], "css": [".a"], "meta": ["generator=x"],
            "examples": ["<a>"], "counterexamples": ["<b>"],
        }
    ],
    "vocabulary": {"languages": {"en": {"blog": ["blog"], "months": {"may": 5}}}},
    "hosted": ["h.example"], "vendor_handles": ["a"], "neutral": ["n.example"],
    "audience": {
        "subjects": {"a": {"en": ["x"]}}, "kinds": {"a": {"en": ["x"]}},
        "stated": {"ceo": "person"}, "persons": {"en": ["ceo"]},
    },
}  # fmt: skip


def _ways(value: object, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if way:
        yield way
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _ways(each, (*way, key))
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _ways(each, (*way, number))


@pytest.mark.filterwarnings("ignore:Possible nested set")
def test_any_value_at_any_place_of_a_users_catalogue_is_taken_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_packaged", list)  # the user's part alone, for speed
    path = tmp_path / "ours.yaml"
    refused = 0
    for way in _ways(OURS):
        for bad in BAD:
            content = deepcopy(OURS)
            place: object = content
            for step in way[:-1]:
                place = place[step]  # type: ignore[index]
            place[way[-1]] = bad  # type: ignore[index]
            path.write_text(json.dumps(content), encoding="utf-8")
            catalogue._load.cache_clear()
            words = _refused(path)
            assert words is None or str(path) in words
            refused += words is not None
    catalogue._load.cache_clear()
    assert refused > 100


def _refused(path: Path) -> str | None:
    try:
        Rules(load_catalogue((path,)))
    except AuditError as error:
        return str(error)
    return None


def test_a_users_catalogue_cannot_grow_out_of_a_few_lines(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 12)]
    path = tmp_path / "ours.yaml"
    path.write_text("\n".join([*lines, "hosted: *a11", ""]), encoding="utf-8")
    with pytest.raises(ConfigError, match="aliases are not read here"):
        load_catalogue((path,))
