"""Spoil an honest input: bytes, tokens of its grammar, values of its JSON."""

import json
from random import Random

ODD_TEXTS = (
    "", " ", "\x00", "\ud800", "\ufffe", "\u202e", "NaN", "http://[", "http://xn--a/", "https://a:99999/", "//", "\\",
    "http://\ud800/", "javascript:x", "9" * 30, "9" * 5_000, "-1", "1e999", "0000-00-00", "99999-01-01T00:00:00Z", "2026-02-31",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "a" * 3_000, "%", "%ff", "\u00b2", "١٢٣", "[", "{", "<b>", "&#99999999999;",
    "&#" + "9" * 5_000 + ";", "=1+1", "@", "#", "?", "/", "a b", "é" * 40,
)  # fmt: skip
ODD_NUMBERS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-0",
    "1" * 300,
    "9" * 5_000,
    "1e20",
    "-1",
    "0.1",
    "true",
)
TOKENS = {
    "html": (
        b"<", b">", b'"', b"'", b"&", b"&#99999999999;", b"&#" + b"9" * 5_000 + b";", b"<!--", b"-->", b"</a>", b"<a href=", b"<p>" * 40, b"<time>", b"<script>",
        b"</script>", b"<![CDATA[", b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xe2\x80\xae", b"http://[", b"http://xn--a/", b"@type", b"[" * 1_200,
        b'{"sameAs":' * 950, b"<meta charset=punycode>", b"charset=idna", b"<svg>", b"<table>", b"<select>", b"<base href='http://['>", b"href=\"https://[@x.com/a\"",
    ),
    "xml": (
        b"<", b">", b"&", b"&a;", b"&nbsp;", b"&#99999999999;", b"&#xD800;", b"<!-- a -->", b"<?a b?>", b"<l:>", b"<l:a>", b"<:a/>", b"<![CDATA[", b"]]>", b"<!DOCTYPE a>",
        b"<!ENTITY a 'b'>", b"<item>", b"</item>", b"<entry/>", b"\x00", b"\xff", b"\xed\xa0\x80", b' xmlns:a="b"', b' xml:base="http://["', b"<loc>http://[</loc>", b"<a" * 300,
    ),
    "bytes": (b"\n", b"\r", b"\x00", b"\xff", b"\xed\xa0\x80", b"#", b":", b"*", b"$", b"%", b"9" * 50, b"User-agent: *", b"Sitemap: http://[", b"\x1f\x8b", b"[", b"@", b"http://[", b"-", b"1"),
    "json": (b"{", b"}", b"[", b"]", b",", b"null", b"NaN", b"1e999", b"9" * 5_000, b'"\\ud800"', b"\x00", b"\xff", b"[" * 1_200, b'{"a":' * 990, b'""', b"\\u"),
}  # fmt: skip


def spoiled(body: bytes, grammar: str, random: Random) -> bytes:
    """An input with one to four things wrong with it."""
    if grammar == "json" and random.random() < 0.7:
        body = _spoiled_json(body, random)
    for _ in range(random.randint(grammar != "json", 3)):
        body = _spoiled_bytes(body, TOKENS[grammar], random)
    return body


def _spoiled_bytes(body: bytes, tokens: tuple[bytes, ...], random: Random) -> bytes:
    at = random.randrange(len(body) + 1)
    end = min(len(body), at + random.choice((0, 0, 1, 1, 2, 8, 40, 400)))
    kind = random.random()
    if kind < 0.5:
        return body[:at] + random.choice(tokens) + body[end:]
    if kind < 0.7:
        return body[:at] + body[end:]
    if kind < 0.8:
        return body[:end] + body[at:end] * random.randint(1, 3) + body[end:]
    if kind < 0.9:
        return body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]
    return body[: max(at, 1)]


def _spoiled_json(body: bytes, random: Random) -> bytes:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return body
    holder: list[object] = [said]
    at: object = holder
    for _ in range(random.randint(1, 7)):
        inner = _inside(at)
        if not inner:
            break
        key = random.choice(inner)
        value = at[key]  # type: ignore[index]
        if not isinstance(value, dict | list) or random.random() < 0.3:
            at[key] = _odd(value, random)  # type: ignore[index]
            break
        at = value
    text = json.dumps(holder[0])
    return text.replace('"@number"', random.choice(ODD_NUMBERS)).encode()


def _inside(at: object) -> list[object]:
    if isinstance(at, dict):
        return list(at)
    return list(range(len(at))) if isinstance(at, list) else []


def _odd(value: object, random: Random) -> object:
    return random.choice(
        (
            None,
            True,
            [],
            {},
            [value],
            {"a": value},
            [[value]],
            "@number",
            "@number",
            -1,
            0,
            10**18,
            1e20,
            0.5,
        )
        + (random.choice(ODD_TEXTS),) * 8
    )
