"""The commented first competitors.yaml that `audit init` writes."""

import json
import re
from collections.abc import Sequence

from audit.model.errors import AuditError
from config.checks import checked_url, in_curly_quotes
from config.names import folded

EXAMPLES = ("https://www.example.com", "https://www.example.org")
"""The websites of a file that is made without any; example.com belongs to nobody."""

_HEAD = """\
# The companies to compare. Check this file with `audit check`, then run `audit` on it.
# Every key is described in docs/configuration.md; lines that start with # are not read.

settings:                       # all optional; these are the defaults
  lookback_days: 365            # how far back posts are counted
  max_pages_per_site: 40        # 1 to 500
  delay_seconds: 1.0            # between two requests to one host
  timeout_seconds: 20           # for one request
  browser: auto                 # auto, never or always
  timezone: UTC                 # such as Europe/Stockholm
  schedule: quarterly           # for `audit schedule`: monthly, every 6 weeks, …
  # contact: https://www.example.com/about-our-audit   # tells websites who is reading

companies:
"""

_TAIL = """\
    # More about a company, all optional:
    # aliases: [Another Name]                           # other names that it posts under
    # channels:                                         # profiles that you know already
    #   youtube: https://www.youtube.com/@example
    # also: [https://blog.example.com]                  # further sites of theirs
    # sections:                                         # a blog that was not found: where, and
    #   - {kind: blog, url: /stories/, item: .entry, title: h3, date: .when, next: a.older}
    # figures:                                          # a number on a page, compared over time
    #   - {name: Customers, url: /about/, css: .customers strong, better: higher}
    # max_pages_per_site: 80                            # for this company alone; also browser,
    #                                                   # delay_seconds, lookback_days
    # exclude: [https://www.example.com/shop/]          # not to be read
    # ignore:                                           # findings that are wrong
    #   - {finding: channel.pinterest, note: an old agency's board}
    # manual:                                     # figures read by you, shown as manual
    #   - {measure: channel.linkedin.followers, value: 12400, on: 2026-10-01, by: J.}

# topics:                       # themes to follow by name beside those that are found
#   - {name: Maintenance, keywords: [maintenance, overhaul]}
# kpis:                         # what your company has set itself
#   - {name: Blog cadence, goal: Generate leads, measure: blog.posts_per_week, target: ">= 1"}
# stakeholders:                 # whom each role matters for
#   - {name: Plant engineers, roles: [spectators, critics]}
# catalogue: [our-vendors.yaml] # your own platforms, vendors and words
"""


def starter(websites: Sequence[str] = ()) -> str:
    """Return a competitors.yaml that loads as it is; the first website is the own company.

    `websites` are addresses with or without `https://`; names are guessed from their hosts.

    Raises:
        AuditError: a website is not an http(s) address.
    """
    urls = list(dict.fromkeys(_address(website) for website in websites)) or list(EXAMPLES)
    names: list[str] = []
    for url in urls:
        names.append(_distinct_name(_guessed_name(url), names))
    blocks = [
        _company_lines(name, url, own=index == 0)
        for index, (name, url) in enumerate(zip(names, urls, strict=True))
    ]
    return _HEAD + "".join(blocks) + _TAIL


def _address(website: str) -> str:
    """Return a website with its scheme, which may be left out; refuse what is no address."""
    text = website.strip()
    # `localhost:8000` has a port and no scheme.
    url = text if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])", text) else f"https://{text}"
    try:
        checked_url(url)
    except ValueError as error:
        raise AuditError(f"website {_quotable(text)}: {error}") from error
    return url


def _quotable(text: str) -> str:
    """Return a website as it can stand in a message: without a user and password, on one line."""
    return json.dumps(text.rpartition("@")[2][:80], ensure_ascii=True)


def _guessed_name(url: str) -> str:
    """Return a name guessed from the host: its longest label, as a title."""
    host = _host(url)
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        return host
    labels = host.removeprefix("www.").split(".")
    # Of acme-pumps.co.uk the ending is no name, and `co` is a part of it.
    label = max(labels[:-1] or labels, key=len)
    name = label.replace("-", " ").replace("_", " ").strip().title() or host
    # Odd as it is, a host may be nothing but the quotes that no name may stand in.
    return f"Website {host}" if in_curly_quotes(name) else name


def _host(url: str) -> str:
    """Return the host as it was written, so that a name keeps its accents."""
    authority = re.split(r"[/?#\\]", url.partition("://")[2], maxsplit=1)[0]
    return re.sub(r":[0-9]*$", "", authority).strip("[].").lower()


def _distinct_name(name: str, used: Sequence[str]) -> str:
    """Return a name that does not look like one of those used, with a number where it would."""
    number, candidate = 2, name
    while folded(candidate) in {folded(other) for other in used}:
        candidate, number = f"{name} {number}", number + 1
    return candidate


def _company_lines(name: str, url: str, *, own: bool) -> str:
    """Return the lines of a company in the file."""
    lines = [
        # A text of JSON is one of YAML as well, whatever is in it.
        f"  - name: {json.dumps(name, ensure_ascii=False)}",
        f"    website: {json.dumps(url, ensure_ascii=False)}",
    ]
    if own:
        lines.append(
            "    own: true                   # your own company, the baseline; at most one"
        )
    return "\n".join(lines) + "\n"
