"""A real question board on loopback: Askbot, from PyPI (Django, SQLite).

Questions are asked, answered and commented on through Askbot's own methods, each at its time.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import httpx

from tests.real_served import packages, ran, served, until

PACKAGE = "askbot==0.13.0"
AS_OF = date(2026, 11, 1)
QUESTIONS = 72
DAYS = [AS_OF - timedelta(days=3 + 5 * each) for each in range(QUESTIONS)]
ANSWERS = [each % 3 for each in range(QUESTIONS)]
COMMENTS = [each % 2 for each in range(QUESTIONS)]
"""How many answers and comments each question gets on its own day, the newest question first."""

SETTINGS = """
ALLOWED_HOSTS = ["*"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEBUG = True
"""
SEED = """
import json
from datetime import datetime, timedelta
from askbot.conf import settings
from askbot.models import Thread, User

given = json.loads({given!r})
settings.update("APP_URL", {url!r})
members = [
    User.objects.create(username=f"member{{each}}", email=f"member{{each}}@acme.example")
    for each in range(4)
]
for member in members:
    member.set_status("a")
for place, (day, answers, comments) in enumerate(given):
    asked = datetime.fromisoformat(day + "T09:30:00+00:00")
    post = members[place % 4].post_question(
        title=f"How do I descale pump number {{place}}?",
        body_text="It runs dry after an hour of work on hard water.",
        tags="pumps",
        timestamp=asked,
    )
    for each in range(answers):
        members[(place + each + 1) % 4].post_answer(
            question=post,
            body_text=f"Flush it {{each + 2}} times with vinegar, then with clear water.",
            timestamp=asked + timedelta(hours=each + 1),
        )
    for each in range(comments):
        members[(place + 3) % 4].post_comment(
            parent_post=post,
            body_text="Which model is it, and how old?",
            timestamp=asked + timedelta(hours=each + 5),
        )
    Thread.objects.filter(pk=post.thread_id).update(added_at=asked)
"""
Json = Mapping[str, object]


@contextmanager
def running(port: int) -> Iterator[Json]:
    """Install, seed and start the board; what is known of it."""
    with tempfile.TemporaryDirectory(prefix="askbot-") as name:
        folder = Path(name)
        python = packages(folder, PACKAGE) / "python"
        _project(folder)
        manage = [python, folder / "askbot-home" / "manage.py"]
        ran([*manage, "migrate"])
        given = json.dumps(list(zip(map(str, DAYS), ANSWERS, COMMENTS, strict=True)))
        url = f"http://127.0.0.1:{port}"
        ran([*manage, "shell"], stdin=SEED.format(given=given, url=url))
        command: list[str | Path] = [*manage, "runserver", "--noreload", f"127.0.0.1:{port}"]
        with served(command, folder / "log"):
            until(lambda: _answers(url), folder / "log")
            yield _truth(url)


def _project(folder: Path) -> None:
    """Make a project as the manual says, and let it answer on this machine without mail."""
    setup: list[str | Path] = [folder / "venv" / "bin" / "askbot-setup", "--noinput"]
    setup += ["--root-directory", folder / "askbot-home", "--proj-name", "acmeboard"]
    setup += ["--db-engine", "sqlite", "--db-name", folder / "board.sqlite3"]
    setup += ["--admin-name", "Acme", "--admin-email", "board@acme.example"]
    ran([*setup, "--domain-name", "board.acme.example", "--timezone", "UTC"])
    with (folder / "askbot-home" / "acmeboard" / "settings.py").open(
        "a", encoding="utf-8"
    ) as settings:
        settings.write(SETTINGS)


def _answers(url: str) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"{url}/questions/", trust_env=False, timeout=30).status_code == 200
    return False


def _truth(url: str) -> Json:
    """What the audit has to find."""
    return {
        "url": url,
        "as_of": str(AS_OF),
        "channels": [],
        "dates": [str(day) for day in DAYS],
        "threads": QUESTIONS,
        "replies": sum(ANSWERS),
        "last": str(max(DAYS)),
    }
