"""A workflow of GitHub Actions, which keeps the history on a branch of the repository.

A branch and no artifact: an artifact is deleted after 90 days, before the next quarter begins. The
branch holds one commit that each run replaces, so that the repository does not grow with it.
"""

import json
import re
import shlex
import tomllib
from contextlib import suppress
from pathlib import Path

from audit.model.errors import AuditError
from audit.schedule.targets._base import JobUnit, Machine, ScheduledJob, Target
from audit.schedule.targets._kit import (
    are_there,
    cron_fields,
    looks,
    name_of,
    remove_units,
    write_units,
)

_EXPRESSION = re.compile(r"\$\{\{|\}\}")
"""What begins and ends an expression that GitHub works out before any shell sees the text."""

_SOURCE = re.compile(
    r"^ {6}SOURCE:[ \t]{1,9}"
    r"(\"[^\"\r\n]{0,1000}\"|'[^'\r\n]{0,1000}'|[^\"'#\s][^\r\n]{0,1000}?)"
    r"[ \t]{0,9}(?:[ \t]#[^\r\n]{0,1000})?$",
    re.MULTILINE,
)
"""The line that says where the workflow installs this program from."""


def _is_here(_machine: Machine) -> bool:
    """Tell that a repository can lie on any machine; it is taken where a person chooses it."""
    return True


def _root(job: ScheduledJob) -> Path | None:
    """Return the folder of the repository that the list lies in; None where it lies in none."""
    return next((folder for folder in job.file.parents if (folder / ".git").exists()), None)


def _path(job: ScheduledJob) -> str:
    """Return the path of the list in its repository; its name alone where it lies in none."""
    root = _root(job)
    path = job.file.relative_to(root) if root is not None else Path(job.file.name)
    return path.as_posix()


def _name(job: ScheduledJob) -> str:
    """Return the name of the workflow, which is alike in each copy of the repository."""
    return name_of(_path(job))


def _branch(job: ScheduledJob) -> str:
    """Return the branch that keeps the history."""
    return f"{_name(job)}-history"


def _units(job: ScheduledJob, _machine: Machine) -> tuple[JobUnit, ...]:
    """Return the workflow at its place in the repository."""
    return (JobUnit(place=str(_place(job)), text=_workflow(job)),)


def _place(job: ScheduledJob) -> Path:
    """Return the place of the workflow."""
    return (_root(job) or Path()) / ".github" / "workflows" / f"{_name(job)}.yml"


def _source(job: ScheduledJob) -> str:
    """Return where the workflow installs this program from; empty where a person must say it.

    What a person has written into the workflow stays. Else it is this project in the repository,
    where that lies in it.
    """
    return _written_source(_place(job)) or _project_in(_root(job))


def _written_source(workflow: Path) -> str:
    """Return the source that a workflow names; empty where there is none."""
    with suppress(OSError, UnicodeDecodeError):
        line = _SOURCE.search(workflow.read_text("utf-8"))
        return _plain(line[1]) if line is not None else ""
    return ""


def _plain(value: str) -> str:
    """Return a value of YAML without the quotes that it may stand in."""
    with suppress(ValueError):
        return str(json.loads(value))
    return value.strip("'")


def _project_in(root: Path | None) -> str:
    """Return the folder of this project in a repository; empty where it lies elsewhere."""
    if root is None:
        return ""
    for folder in (root, Path(__file__).resolve().parents[3]):
        if folder.is_relative_to(root) and _is_ours(folder / "pyproject.toml"):
            return folder.relative_to(root).as_posix()
    return ""


def _is_ours(project: Path) -> bool:
    """Tell whether a file describes this project."""
    with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        named = tomllib.loads(project.read_text("utf-8")).get("project")
        return isinstance(named, dict) and named.get("name") == "social-audit"
    return False


def _workflow(job: ScheduledJob) -> str:
    """Write the workflow for a list.

    Raises:
        AuditError: the path or an option holds what GitHub would work out.
    """
    path, source, options = _path(job), _source(job), shlex.join(job.options)
    if any(_EXPRESSION.search(text) for text in (path, source, options, job.words)):
        raise AuditError("GitHub works out what stands in ${{ }}; rename the file or the option")
    secrets = "".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in job.variables)
    secrets = f"        env:\n{secrets}" if secrets else ""
    # A text of JSON is one of YAML as well, whatever is in it.
    return _TEXT.format(
        title=json.dumps(f"social-audit of {Path(path).name}", ensure_ascii=False),
        words=" ".join(job.words.split()),
        cron=json.dumps(cron_fields(looks(job.rule))),
        path=json.dumps(path, ensure_ascii=False),
        branch=json.dumps(_branch(job)),
        group=json.dumps(_name(job)),
        source=json.dumps(source, ensure_ascii=False),
        extra=json.dumps(_extras(job)),
        secrets=secrets,
        options=f" {options}" if options else "",
    )


def _extras(job: ScheduledJob) -> str:
    """Return what is installed beside the program itself, as pip takes it; "" for nothing."""
    wanted = {"notify": job.is_notified, "postgres": job.has_database, "s3": job.has_bucket}
    names = ",".join(name for name, is_wanted in wanted.items() if is_wanted)
    return f"[{names}]" if names else ""


_TEXT = """\
# Written by `audit schedule`. Keep the repository private: it holds what the audit found.
name: {title}
on:
  schedule:
    # {words}; the days behind the first are second tries. GitHub counts in UTC.
    - cron: {cron}
  workflow_dispatch:
permissions:
  contents: write
concurrency:
  group: {group}
  cancel-in-progress: false
jobs:
  audit:
    runs-on: ubuntu-latest
    timeout-minutes: 350
    env:
      LIST: {path}
      BRANCH: {branch}
      # Where social-audit is installed from: a folder or a wheel in this repository, or an address
      # such as git+https://HOST/OWNER/NAME@COMMIT. Never a bare name, which may be somebody else's.
      SOURCE: {source}
      EXTRA: {extra}
      IF_DUE: ${{{{ github.event_name == 'schedule' && '--if-due' || '' }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install social-audit
        run: |
          if [ -z "$SOURCE" ]; then
            echo "::error::Say in the line SOURCE of this workflow where social-audit is."; exit 1
          elif [ -e "$SOURCE" ]; then
            python -m pip install --quiet "./$SOURCE$EXTRA"
          elif [[ "$SOURCE" == *://* ]]; then
            python -m pip install --quiet "social-audit$EXTRA @ $SOURCE"
          else
            echo "::error::SOURCE is no file or folder of this repository, and no address."; exit 1
          fi
      - name: Fetch the history of earlier audits
        id: history
        run: |
          mkdir -p "$RUNNER_TEMP/audit-data" "$RUNNER_TEMP/report"
          status=0
          git ls-remote --exit-code --heads origin "$BRANCH" > "$RUNNER_TEMP/heads" || status=$?
          # 2 says that there is none yet; behind any other fault a new one must not take its place.
          if [ "$status" -eq 2 ]; then exit 0; fi
          if [ "$status" -ne 0 ]; then exit "$status"; fi
          git fetch --depth=1 origin "$BRANCH"
          git archive FETCH_HEAD | tar -x -C "$RUNNER_TEMP/audit-data"
      - name: Make the audit
{secrets}        run: |
          status=0
          audit run "$LIST" $IF_DUE --data-dir "$RUNNER_TEMP/audit-data" \\
            --output "$RUNNER_TEMP/report/audit" --json{options} || status=$?
          if [ "$status" -eq 1 ]; then echo "::warning::Some of it could not be read."; fi
          if [ "$status" -gt 1 ]; then exit "$status"; fi
      - name: Keep the history
        # Behind a fetch that failed the folder lacks runs, and must not take the branch's place.
        if: ${{{{ !cancelled() && steps.history.outcome == 'success' }}}}
        run: |
          cd "$RUNNER_TEMP/audit-data"
          if [ ! -e history.sqlite3 ]; then exit 0; fi
          rm -f run.lock run.lock.claim
          export GIT_DIR="$GITHUB_WORKSPACE/.git" GIT_WORK_TREE="$PWD"
          export GIT_INDEX_FILE="$RUNNER_TEMP/history-index"
          export GIT_AUTHOR_NAME=social-audit GIT_AUTHOR_EMAIL=social-audit@users.noreply.github.com
          export GIT_COMMITTER_NAME="$GIT_AUTHOR_NAME" GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"
          git add --all --force .
          tree=$(git write-tree)
          commit=$(git commit-tree "$tree" -m "Keep the history of the audits")
          git push --force origin "$commit:refs/heads/$BRANCH"
      - uses: actions/upload-artifact@v4
        if: ${{{{ !cancelled() }}}}
        with:
          name: report
          path: ${{{{ runner.temp }}}}/report
          if-no-files-found: ignore
"""


def _install(job: ScheduledJob, machine: Machine) -> tuple[str, ...]:
    """Write the workflow into the repository of the list; say what is left to do there.

    Raises:
        AuditError: the list lies in no repository.
    """
    if _root(job) is None:
        raise AuditError(
            f"{job.file}: lies in no Git repository; put it into one, or leave out --install"
        )
    units = _units(job, machine)
    write_units(units)
    names = ", ".join(job.variables)
    nowhere = "Write into its line SOURCE first where social-audit is installed from: "
    return (
        *((f"{nowhere}docs/schedule.md, On GitHub, tells how.",) if not _source(job) else ()),
        f"Commit {units[0].place} and push it; GitHub then runs it from the default branch.",
        f"The history is kept on the branch {_branch(job)}.",
        "Keep the repository private: its branches and artifacts hold what the audit found.",
        f"Keys and addresses, where you have them, are secrets of the repository: {names}"
        if names
        else "The list needs no secrets.",
    )


def _remove(job: ScheduledJob, machine: Machine) -> bool:
    """Delete the workflow; the branch with the history stays."""
    return remove_units(_units(job, machine))


def _is_installed(job: ScheduledJob, machine: Machine) -> bool:
    """Tell whether the workflow is there."""
    return are_there(_units(job, machine))


TARGET = Target(
    name="github",
    title="a workflow of GitHub Actions",
    is_here=_is_here,
    units=_units,
    install=_install,
    remove=_remove,
    is_installed=_is_installed,
    called=_name,
    is_elsewhere=True,
)
