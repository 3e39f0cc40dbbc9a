"""Proxies and certificates of the environment: used, or refused before any fetch, never shown."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.commands.doctor import _certificates, _proxy
from audit.model.errors import AuditError
from scrapers.fetch.proxies import described, read_proxies
from scrapers.fetch.trust import tls_context
from tests.audit.test_run import AUDIT, PLAIN, run
from tests.hostile import page, serving, status
from tests.places import TESTS
from tests.scrapers.fetch.test_fetch import get, policy, reason

PASSWORD = "pa55w0rd"  # noqa: S105 - the tests' own
USER = "j.doe"
WRONG = [
    "proxy.corp:8080",
    "proxy.corp",
    f"{USER}:{PASSWORD}@proxy.corp:8080",
    f"socks5://{USER}:{PASSWORD}@proxy.corp:1080",
    f"socks5h://{USER}:{PASSWORD}@proxy.corp:1080",
    f"ftp://{USER}:{PASSWORD}@proxy.corp:21",
    f"http://{USER}:{PASSWORD}@proxy.corp:port",
    f"http://{USER}:{PASSWORD}@proxy.corp:99999",
    f"http://{USER}:{PASSWORD}@proxy.corp:0",
    f"http://{USER}:{PASSWORD}@proxy.corp:-1",
    f"http://{USER}:{PASSWORD}@[proxy.corp:80",
    f"http://{USER}:{PASSWORD}@[::1",
    f"http://{USER}:{PASSWORD}@",
    f"http://{USER}:{PASSWORD}@proxy corp:80",
    f"http://{USER}:{PASSWORD}/x@proxy.corp:80",
    f"http://{USER}:{PASSWORD}#x@proxy.corp:80",
    f"http://{USER}:{PASSWORD}?x@proxy.corp:80",
    f"http://{USER}:12/{PASSWORD}@proxy.corp:80",
    f"http:/{USER}:{PASSWORD}@proxy.corp:80",
    f"http:{USER}:{PASSWORD}@proxy.corp:80",
    f"//{USER}:{PASSWORD}@proxy.corp:80",
    f" http://{USER}:{PASSWORD}@proxy.corp:80",
    f"http://{USER}:{PASSWORD}@proxy.corp:80\n",
    f"http://{USER}:{PASSWORD}@xn--a:80/\x07",
    "http://",
    "http://:8080",
    "://",
    " ",
    "[",
]
RIGHT = [
    "http://proxy.corp:8080",
    "HTTP://Proxy.Corp:8080/",
    "http://proxy",
    "http://127.0.0.1:3128",
    "http://[::1]:3128",
    "https://proxy.corp",
    f"http://{USER}:{PASSWORD}@proxy.corp:8080",
    f"http://{USER}:p%40ss%2Fw%20ord@proxy.corp:8080",
    f"http://{USER}:pässwörd@proxy.corp:8080",
]


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])
@pytest.mark.parametrize("value", WRONG)
def test_a_proxy_that_cannot_be_used_is_named_and_not_shown(variable: str, value: str) -> None:
    with pytest.raises(AuditError) as caught:
        read_proxies({variable: value})
    message = str(caught.value)
    assert message.startswith(f"{variable}: ")
    assert "http://proxy.example:8080" in message
    assert PASSWORD not in message
    assert USER not in message
    assert "corp" not in message
    assert caught.value.__context__ is None
    (finding,) = _proxy({variable: value})
    assert finding[:2] == (variable, False)
    assert PASSWORD not in finding[2]
    assert USER not in finding[2]


@pytest.mark.parametrize("value", RIGHT)
def test_a_proxy_that_can_be_used_is_shown_without_user_and_password(value: str) -> None:
    assert set(read_proxies({"ALL_PROXY": value}).by_scheme) == {"http", "https"}
    ((name, state, words),) = _proxy({"ALL_PROXY": value})
    assert (name, state) == ("ALL_PROXY", None)
    assert "@" not in words
    assert USER not in words
    assert PASSWORD not in words


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40))
def test_any_text_as_a_proxy_is_used_or_refused(value: str) -> None:
    for text in (value, f"http://{value}", f"http://u:p@{value}"):
        variables = described({"HTTP_PROXY": text})
        if not variables or variables[0].problem:
            continue
        proxies = read_proxies({"HTTP_PROXY": text, "NO_PROXY": value})
        proxies.of("http", "acme.example", None)


def test_a_variable_that_is_not_used_is_not_judged() -> None:
    """Many set ALL_PROXY to a SOCKS proxy for other programs."""
    proxies = read_proxies(
        {"HTTP_PROXY": "http://a", "HTTPS_PROXY": "http://b", "ALL_PROXY": "socks5://c"}
    )
    assert {scheme: proxy.url.host for scheme, proxy in proxies.by_scheme.items()} == {
        "http": "a",
        "https": "b",
    }
    assert read_proxies({"HTTP_PROXY": ""}).by_scheme == {}


@pytest.mark.parametrize(
    ("entries", "host", "port", "spared"),
    [
        ("*", "acme.example", 443, True),
        ("acme.example", "acme.example", 443, True),
        ("acme.example", "www.acme.example", 443, True),
        (".acme.example", "www.acme.example", 443, True),
        ("*.acme.example", "www.acme.example", 443, True),
        ("ACME.example.", "acme.example", 443, True),
        ("acme.example", "notacme.example", 443, False),
        ("a.example , b.example", "b.example", 443, True),
        ("a.example b.example", "b.example", 443, True),
        (",,", "acme.example", 443, False),
        ("acme.example:443", "acme.example", 443, True),
        ("acme.example:8080", "acme.example", 443, False),
        ("acme.example:", "acme.example", 443, False),
        ("10.0.0.0/8", "10.1.2.3", 80, True),
        ("10.0.0.1/8", "10.1.2.3", 80, True),
        ("10.0.0.0/8", "11.1.2.3", 80, False),
        ("10.0.0.0/99", "10.1.2.3", 80, False),
        ("127.0.0.1", "127.1", 80, True),
        ("127.0.0.1:81", "127.0.0.1", 80, False),
        ("[::1]", "::1", 80, True),
        ("[::1]:80", "::1", 80, True),
        ("::1", "::1", 80, True),
        ("fd00::/8", "fd12::1", 80, True),
        ("[::1", "::1", 80, False),
        ("://", "acme.example", 80, False),
        (".", "acme.example", 80, False),
        ("0.0.0.1", "acme.example", 80, False),
    ],
)
def test_no_proxy_spares_what_it_names(entries: str, host: str, port: int, spared: bool) -> None:
    proxies = read_proxies({"ALL_PROXY": "http://proxy.corp:8080", "NO_PROXY": entries})
    assert (proxies.of("http", host, port) is None) is spared


LOCAL = [
    "localhost",
    "LOCALHOST.",
    "app.localhost",
    "db.internal",
    "metadata.google.internal",
    "printer.local",
    "nas.lan",
    "box.home.arpa",
    "wiki.intranet",
    "wiki.corp",
    "wiki",
    "metadata.tencentyun.com",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "017700000001",
    "10.0.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[fd00:ec2::254]",
]


async def test_through_a_proxy_local_names_are_refused(tmp_path: Path) -> None:
    """By name or number, from the file, a link or a redirect; the proxy is not asked."""
    routes = {
        f"http://acme.invalid/{number}": status(302, f"Location: http://{host}/\r\n")
        for number, host in enumerate(LOCAL)
    }
    with serving(routes | {"http://acme.invalid/": page("x")}) as proxy:
        environment = {"HTTP_PROXY": proxy.url}
        rules = policy(private_hosts=frozenset())
        urls = [f"http://{host}/" for host in LOCAL]
        direct = await get(tmp_path, *urls, rules=rules, environment=environment)
        led = await get(
            tmp_path,
            "http://acme.invalid/",
            *(f"http://acme.invalid/{number}" for number in range(len(LOCAL))),
            rules=rules,
            environment=environment,
            file="archive/b/a.warc.gz",
        )
    assert [reason(each) for each in direct] == ["blocked-address"] * len(LOCAL)
    assert [reason(each) for each in led] == ["ok", *["blocked-address"] * len(LOCAL)]
    assert all(path.startswith("http://acme.invalid/") for path in proxy.paths)


async def test_a_local_name_that_the_file_names_goes_through_the_proxy(tmp_path: Path) -> None:
    with serving({"http://wiki.corp/": page("x"), "http://wiki/": page("x")}) as proxy:
        answers = await get(
            tmp_path,
            "http://wiki.corp/",
            "http://wiki/",
            rules=policy(private_hosts=frozenset({"wiki.corp"})),
            environment={"ALL_PROXY": proxy.url},
        )
    assert [reason(each) for each in answers] == ["ok", "blocked-address"]


async def test_a_proxy_that_does_not_answer_is_named_as_what_failed(tmp_path: Path) -> None:
    secret = f"http://{USER}:{PASSWORD}@127.0.0.1:9"
    (answer,) = await get(tmp_path, "http://acme.invalid/", environment={"HTTP_PROXY": secret})
    assert reason(answer) == "connection"
    assert "the proxy 127.0.0.1:9 cannot be reached" in repr(answer)
    assert PASSWORD not in repr(answer)


@pytest.mark.parametrize(
    "environment",
    [
        {"HTTPS_PROXY": f"{USER}:{PASSWORD}@proxy.corp:8080"},
        {"HTTPS_PROXY": f"socks5://{USER}:{PASSWORD}@proxy.corp:8080"},
        {"http_proxy": f"http://{USER}:{PASSWORD}@[proxy"},
        {"SSL_CERT_FILE": "{folder}/missing.pem"},
        {"SSL_CERT_FILE": "{folder}"},
        {"SSL_CERT_FILE": "{folder}/c.yaml"},
        {"SSL_CERT_DIR": "{folder}/missing"},
        {"SSL_CERT_DIR": "{folder}"},
        {"SSL_CERT_DIR": "{folder}/c.yaml"},
        {"SSLKEYLOGFILE": "{folder}/no/such/file"},
    ],
    ids=str,
)
def test_a_wrong_environment_is_2_and_nothing_is_fetched(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (variable, value) = next(iter(environment.items()))
    given = {key: each for key, each in PLAIN.items() if "PROXY" not in key and "SSL" not in key}
    given |= {variable: value.format(folder=tmp_path)}
    with serving({"/": page("x")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(f"companies:\n- {{name: A, website: {site.url}/}}\n", encoding="utf-8")
        out = ("--format", "json", "-o", tmp_path / "o.json")
        done = run(file, "--allow-private-hosts", *out, environment=given)
        look = run("doctor", file, environment=given) if variable != "SSL_CERT_FILE" else done
    assert done.returncode == 2, done.stderr
    assert variable in done.stderr
    assert site.requests == []
    assert not (tmp_path / "o.json").exists()
    assert not (tmp_path / "audit-data").exists(), "no run was begun"
    assert look.returncode != 0
    assert variable in look.stdout + look.stderr
    everything = done.stdout + done.stderr + look.stdout + look.stderr
    assert "Traceback" not in everything
    assert PASSWORD not in everything
    assert USER not in everything
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes()


def test_certificates_of_a_folder_are_used_where_there_are_any(tmp_path: Path) -> None:
    authority = TESTS / "tls" / "authority.pem"
    folder = {"SSL_CERT_DIR": str(tmp_path)}
    with pytest.raises(AuditError, match="SSL_CERT_DIR"):
        tls_context(folder)
    (tmp_path / "0a1b2c3d.0").write_bytes(b"garbage")
    with pytest.raises(AuditError, match="SSL_CERT_DIR"):
        tls_context(folder)
    (tmp_path / "0a1b2c3e.0").write_bytes(authority.read_bytes())
    assert tls_context(folder) is not None
    assert _certificates(folder)[1] is True


def test_a_certificate_file_is_read_again_when_it_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "own.pem"
    file.write_bytes((TESTS / "tls" / "authority.pem").read_bytes())
    given = {"SSL_CERT_FILE": str(file)}
    assert tls_context(given) is tls_context(given)
    file.write_bytes(b"garbage")
    with pytest.raises(AuditError, match="SSL_CERT_FILE"):
        tls_context(given)


def test_a_certificate_file_that_never_ends_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    given = PLAIN | {"SSL_CERT_FILE": str(tmp_path / "pipe")}
    done = subprocess.run(
        [AUDIT, "doctor", str(tmp_path / "c.yaml")],
        env=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "SSL_CERT_FILE" in done.stdout
