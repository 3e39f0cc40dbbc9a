"""A timer of systemd and a line of cron that really start an audit, in a corner of this machine.

Both run within namespaces of their own: their tables, units and processes are seen by nobody else
and end with the test.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import api
from tests.audit.test_run import AUDIT, PLAIN
from tests.hostile import Site, page, serving

SYSTEMD = Path("/usr/lib/systemd/systemd")
CRON = shutil.which("cron") or shutil.which("crond")
PATIENCE = 200
"""Tries of a second; cron begins with the minute, and a busy machine is slow."""


def _can_be_apart(*kinds: str) -> bool:
    """Tell whether this user may make namespaces of these kinds."""
    program = shutil.which("unshare")
    if program is None or sys.platform != "linux":
        return False
    return (
        subprocess.run([program, *kinds, "true"], capture_output=True, check=False).returncode == 0
    )


APART = ("--mount", "--cgroup", "--pid", "--fork", "--mount-proc", "--kill-child")
needs_systemd = pytest.mark.skipif(
    not (SYSTEMD.exists() and _can_be_apart(*APART)),
    reason="needs systemd and the right to make namespaces",
)
needs_cron = pytest.mark.skipif(
    CRON is None or shutil.which("crontab") is None or not _can_be_apart(*APART),
    reason="needs cron and the right to make namespaces",
)

WAIT = f"""
waited() {{ for _ in $(seq {PATIENCE}); do if "$@"; then return 0; fi; sleep 1; done; return 1; }}
"""

UNDER_SYSTEMD = (
    WAIT
    + """
mount -t tmpfs none /run/systemd && mkdir -p /run/systemd/system "$HERE/groups"
mount -t cgroup2 none "$HERE/groups" && mount --bind "$HERE/groups" /sys/fs/cgroup
"$SYSTEMD" --user > "$HERE/systemd.log" 2>&1 &
waited systemctl --user is-system-running > /dev/null
# The timer was last started a year ago: the machine was off on the day.
mkdir -p "$XDG_DATA_HOME/systemd/timers"
touch -d '1 year ago' "$XDG_DATA_HOME/systemd/timers/stamp-$JOB.timer"
# systemd may be a minute late, to wake a machine less often.
mkdir -p "$XDG_CONFIG_HOME/systemd/user/$JOB.timer.d"
printf '[Timer]\nAccuracySec=1s\n' > "$XDG_CONFIG_HOME/systemd/user/$JOB.timer.d/soon.conf"
"$AUDIT" schedule "$LIST" --for systemd --install -- --allow-private-hosts || exit 3
"$AUDIT" schedule "$LIST" --for systemd --install -- --allow-private-hosts || exit 3
waited test -e "$REPORT" || exit 4
waited grep -q '"complete"' "$(dirname "$LIST")/audit-data/last-run.json" || exit 5
# A second start finds nothing to do.
systemctl --user start "$JOB.service" || exit 6
"$AUDIT" schedule "$LIST" --for systemd --status
"$AUDIT" schedule "$LIST" --for systemd --remove
"$AUDIT" schedule "$LIST" --for systemd --remove
"""
)

UNDER_CRON = (
    WAIT
    + """
mkdir -p "$HERE/none" "$HERE/spool/crontabs" /var/spool/cron
mount --bind "$HERE/none" /etc/cron.d && mount --bind "$HERE/spool" /var/spool/cron
echo > "$HERE/empty"; test ! -e /etc/crontab || mount --bind "$HERE/empty" /etc/crontab
mount -t tmpfs none /run
"$AUDIT" schedule "$LIST" --for cron --install -- --allow-private-hosts || exit 3
"$CRON" -f > "$HERE/cron.log" 2>&1 &
waited test -e "$REPORT" || exit 4
waited grep -q '"complete"' "$(dirname "$LIST")/audit-data/last-run.json" || exit 5
"$AUDIT" schedule "$LIST" --for cron --status
"$AUDIT" schedule "$LIST" --for cron --remove
"""
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/": page("<html lang=en><title>Pumps</title><h1>We make pumps</h1>")}) as site:
        yield site


def listed(folder: Path, site: Site, schedule: str) -> Path:
    """Write a list at a place whose name has to be quoted everywhere."""
    place = folder / "zoë's list, 100% $HOME %h"
    place.mkdir()
    file = place / "competitors.yaml"
    file.write_text(
        f"settings: {{delay_seconds: 0, schedule: {schedule}}}\n"
        f"companies: [{{name: Acme, website: '{site.url}/'}}]\n",
        encoding="utf-8",
    )
    return file


def apart(script: str, folder: Path, file: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in namespaces of its own, with the user's settings in a folder."""
    from audit.schedule.targets._kit import name_of

    (folder / "run").mkdir(mode=0o700)
    environment = PLAIN | {
        "HERE": str(folder),
        "LIST": str(file),
        "REPORT": str(file.with_suffix(".xlsx")),
        "JOB": name_of(str(file.resolve())),
        "AUDIT": AUDIT,
        "SYSTEMD": str(SYSTEMD),
        "CRON": str(CRON),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_CONFIG_HOME": str(folder / "settings"),
        "XDG_DATA_HOME": str(folder / "share"),
    }
    return subprocess.run(
        ["unshare", *APART, "sh", "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@needs_systemd
def test_a_timer_of_systemd_makes_up_for_the_quarter_that_was_missed(
    site: Site, tmp_path: Path
) -> None:
    file = listed(tmp_path, site, "quarterly")
    done = apart(UNDER_SYSTEMD, tmp_path, file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(api.runs(file.parent / "audit-data")) == 1
    assert "installed: yes, a systemd timer" in done.stdout
    assert "complete; 1 of 1 companies read in full" in done.stdout
    assert done.stdout.splitlines()[-2].startswith("Removed: ")
    assert done.stdout.splitlines()[-1].startswith("There is nothing to remove")
    assert not list((tmp_path / "settings/systemd/user").glob("*.timer"))
    assert not list((tmp_path / "settings/systemd/user").glob("*.service"))


@needs_cron
def test_a_line_of_cron_makes_the_audit_at_its_minute(site: Site, tmp_path: Path) -> None:
    from datetime import datetime, timedelta

    at = (datetime.now().astimezone() + timedelta(seconds=75)).strftime("%H:%M")
    file = listed(tmp_path, site, f"daily at {at}")
    done = apart(UNDER_CRON, tmp_path, file)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(api.runs(file.parent / "audit-data")) == 1
    assert "installed: yes, your crontab" in done.stdout


def test_the_command_of_a_job_starts_this_program_from_any_folder(tmp_path: Path) -> None:
    """A module of the user's beside the list is not taken for one of ours."""
    from audit.model.company import Competitors
    from audit.schedule.job import job_of

    (tmp_path / "config.py").write_text("raise SystemExit(99)", encoding="utf-8")
    job = job_of(tmp_path / "none.yaml", Competitors(path=Path(), companies=()), variables=())
    done = subprocess.run(
        job.command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"LANG": "C"},
        check=False,
    )
    assert (done.returncode, "none.yaml" in done.stderr) == (2, True)
