"""`make same`: does today's code give the same results as an earlier commit, cell for cell?

Both states of the code audit the same things: the demo, the labelled corpus and each real site
(the last two where ../shared is there). What every run changes is evened out: run ids, times of
fetching, versions, ports. What the earlier commit gave is kept in same/, so that it is made once
a day.

    make same                      # against HEAD: what have I changed since the last commit?
    make same BASE=origin/main     # against any commit
    make same PART=demo            # one part: demo, corpus, or the name of a real site
"""

import argparse
import difflib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests import real, score
from tests.same_content import content

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "same"
AS_OF = "2026-11-24"
"""The corpus ends its window on this day, so that tomorrow's recording is today's."""
MOST_SHOWN = 20


def main() -> int:
    """Run the wanted parts with both states of the code; 1 if anything differs."""
    asked = argparse.ArgumentParser(description="Compare the results of two states of the code.")
    asked.add_argument("--base", default="HEAD", help="the commit to compare with")
    asked.add_argument("--part", default="", help="one part alone")
    chosen = asked.parse_args()
    wanted = [part for part in parts() if chosen.part in ("", part)]
    # Python looks for modules in the current folder too, which would mix the two states
    KEPT.mkdir(exist_ok=True)
    os.chdir(KEPT)
    differing = 0
    for part in wanted:
        before = recorded(part, chosen.base)
        after = written(part, ROOT, KEPT / "now" / part)
        differing += compared(part, before, after)
    say("No difference." if not differing else f"{differing} of {len(wanted)} parts differ.")
    return 1 if differing else 0


def parts() -> list[str]:
    """What can be audited here, in the order of how long it takes."""
    corpus = ["corpus"] if (score.SHARED / "corpus" / "labels.yaml").exists() else []
    sites = real.NAMES if real.SITES.exists() else ()
    return ["demo", *sites, *corpus]


def recorded(part: str, base: str) -> Path:
    """Give the folder with what a commit makes of a part; it is kept for the day."""
    commit = _git("rev-parse", "--short=12", base)
    folder = KEPT / f"{commit}-{datetime.now(UTC):%Y-%m-%d}" / part
    if not (folder / "results.xlsx").exists():
        with checked_out(commit) as tree:
            written(part, tree, folder)
    return folder


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Lay a commit out in a folder of its own."""
    tree = KEPT / "tree" / commit
    if not tree.exists():
        _git("worktree", "add", "--detach", "--force", str(tree), commit)
    try:
        yield tree
    finally:
        _git("worktree", "remove", "--force", str(tree))


def written(part: str, tree: Path, folder: Path) -> Path:
    """Audit a part with the code of a tree; leave its results and its workbook in a folder."""
    say(f"{part}: auditing with {tree.name if tree != ROOT else 'the code as it stands'} …")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with code_of(tree):
        _audit(part, folder)
    return folder


@contextmanager
def code_of(tree: Path) -> Iterator[None]:
    """Have programs that are started now import the code of a tree."""
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(tree)
    try:
        yield
    finally:
        os.environ.pop("PYTHONPATH")
        if before is not None:
            os.environ["PYTHONPATH"] = before


def _audit(part: str, folder: Path) -> None:
    """Leave results.json and results.xlsx of a part in a folder."""
    if part == "demo":
        command: list[str | Path] = [real.AUDIT, "demo", "--quiet", "-o", folder / "results.xlsx"]
        subprocess.run(command, check=True, capture_output=True)
    elif part == "corpus":
        web = score.laid_out("all")
        with score.proxy(web) as environment:
            options = ("--as-of", AS_OF, "--format", "json,xlsx")
            score.audit(web / "competitors.yaml", folder / "results", environment, options)
    else:
        with real.started(part) as truth:
            real.audited(part, truth, folder, "json,xlsx")


def compared(part: str, before: Path, after: Path) -> int:
    """Show the first lines in which two contents differ; 1 if there are any."""
    old, new = (content(each / "results.json", each / "results.xlsx") for each in (before, after))
    (after / "content.txt").write_text("\n".join(new) + "\n", "utf-8")
    if old == new:
        say(f"ok    {part}: {len(new):,} things are the same")
        return 0
    changes = [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if _telling(line)]
    say(f"DIFF  {part}: {len(changes):,} lines differ ({before} and {after}); the first:")
    for line in changes[:MOST_SHOWN]:
        say(f"      {line[:300]}")
    return 1


def _telling(line: str) -> bool:
    return not line.startswith(("---", "+++", "@@"))


def _git(*words: str) -> str:
    command: Sequence[str] = ["git", "-C", str(ROOT), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
