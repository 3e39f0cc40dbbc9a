"""The commented first competitors.yaml that `audit init` writes."""

import json
import re
from collections.abc import Sequence

from audit.model.errors import AuditError
from config.checks import checked_url
from config.names import folded

EXAMPLES = ("https://www.example.com", "https://www.example.org")

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
  # contact: https://www.example.com/about-our-audit   # tells websites who is reading

companies:
"""

_TAIL = """\
    # More about a company, all optional:
    # aliases: [Another Name]                           # other names that it posts under
    # channels:                                         # profiles that you know already
    #   youtube: https://www.youtube.com/@example
    # exclude: [https://www.example.com/shop/]          # not to be read
    # ignore:                                           # findings that are wrong
    #   - {finding: channel.pinterest, note: an old agency's board}
    # manual:                                     # figures read by you, shown as manual
    #   - {measure: channel.linkedin.followers, value: 12400, on: 2026-10-01, by: J.}

# topics:                       # themes to follow by name (kept, not used yet)
#   - {name: Maintenance, keywords: [maintenance, overhaul]}
# kpis:                         # what your company has set itself (kept, not used yet)
#   - {name: Blog cadence, goal: Generate leads, measure: blog.posts_per_week, target: ">= 1"}
# stakeholders:                 # whom each role matters for
#   - {name: Plant engineers, roles: [spectators, critics]}
# catalogue: [our-vendors.yaml] # your own platforms, vendors and words
"""


def starter(websites: Sequence[str] = ()) -> str:
    """Write a file that loads as it is; the first website is the own company.

    Raises:
        AuditError: a website is not an http(s) address.
    """
    urls = list(dict.fromkeys(_address(each) for each in websites)) or list(EXAMPLES)
    names: list[str] = []
    for url in urls:
        names.append(_unused(_guess(url), names))
    blocks = [
        _block(name, url, own=n == 0) for n, (name, url) in enumerate(zip(names, urls, strict=True))
    ]
    return _HEAD + "".join(blocks) + _TAIL


def _address(website: str) -> str:
    """Add the scheme where it is left out, and check the address."""
    text = website.strip()
    url = text if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])", text) else f"https://{text}"
    try:
        checked_url(url)
    except ValueError as error:
        raise AuditError(f"website {_shown(text)}: {error}") from error
    return url


def _shown(text: str) -> str:
    return json.dumps(text.rpartition("@")[2][:80], ensure_ascii=True)


def _guess(url: str) -> str:
    """Guess a name from the host: its longest label, as a title."""
    host = _host(url)
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        return host
    labels = host.removeprefix("www.").split(".")
    label = max(labels[:-1] or labels, key=len)
    return label.replace("-", " ").replace("_", " ").strip().title() or host


def _host(url: str) -> str:
    """Return the host as it was written, so that a name keeps its accents."""
    authority = re.split(r"[/?#\\]", url.partition("://")[2], maxsplit=1)[0]
    return re.sub(r":[0-9]*$", "", authority).strip("[].").lower()


def _unused(name: str, used: Sequence[str]) -> str:
    number, candidate = 2, name
    while folded(candidate) in {folded(each) for each in used}:
        candidate, number = f"{name} {number}", number + 1
    return candidate


def _block(name: str, url: str, *, own: bool) -> str:
    lines = [
        f"  - name: {json.dumps(name, ensure_ascii=False)}",
        f"    website: {json.dumps(url, ensure_ascii=False)}",
    ]
    if own:
        lines.append(
            "    own: true                   # your own company, the baseline; at most one"
        )
    return "\n".join(lines) + "\n"
