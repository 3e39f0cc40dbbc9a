"""A workflow of GitHub Actions, which keeps the history on a branch of the repository.

A branch and no artifact: an artifact is deleted after 90 days, before the next quarter begins. The
branch holds one commit that each run replaces, so that the repository does not grow with it.
"""

import json
import re
import shlex
from pathlib import Path

from audit.model.errors import AuditError
from audit.schedule.targets._base import Job, Machine, Target, Unit
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


def _is_here(_machine: Machine) -> bool:
    """Tell that a repository can lie on any machine; it is taken where a person chooses it."""
    return True


def _root(job: Job) -> Path | None:
    """Return the folder of the repository that the list lies in; None where it lies in none."""
    return next((folder for folder in job.file.parents if (folder / ".git").exists()), None)


def _path(job: Job) -> str:
    """Return the path of the list in its repository; its name alone where it lies in none."""
    root = _root(job)
    path = job.file.relative_to(root) if root is not None else Path(job.file.name)
    return path.as_posix()


def _name(job: Job) -> str:
    """Return the name of the workflow, which is alike in each copy of the repository."""
    return name_of(_path(job))


def _branch(job: Job) -> str:
    """Return the branch that keeps the history."""
    return f"{_name(job)}-history"


def _units(job: Job, _machine: Machine) -> tuple[Unit, ...]:
    """Return the workflow at its place in the repository."""
    place = (_root(job) or Path()) / ".github" / "workflows" / f"{_name(job)}.yml"
    return (Unit(place=str(place), text=_workflow(job)),)


def _workflow(job: Job) -> str:
    """Write the workflow for a list.

    Raises:
        AuditError: the path or an option holds what GitHub would work out.
    """
    path, options = _path(job), shlex.join(job.options)
    if any(_EXPRESSION.search(text) for text in (path, options, job.words)):
        raise AuditError("GitHub works out what stands in ${{ }}; rename the file or the option")
    package = f"social-audit{'[notify]' if job.is_notified else ''}=={job.version}"
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
        package=json.dumps(package),
        secrets=secrets,
        options=f" {options}" if options else "",
    )


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
      PACKAGE: {package}
      IF_DUE: ${{{{ github.event_name == 'schedule' && '--if-due' || '' }}}}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - name: Install social-audit
        run: python -m pip install --quiet "$PACKAGE"
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


def _install(job: Job, machine: Machine) -> tuple[str, ...]:
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
    return (
        f"Commit {units[0].place} and push it; GitHub then runs it from the default branch.",
        f"The history is kept on the branch {_branch(job)}.",
        "Keep the repository private: its branches and artifacts hold what the audit found.",
        f"Keys and addresses, where you have them, are secrets of the repository: {names}"
        if names
        else "The list needs no secrets.",
    )


def _remove(job: Job, machine: Machine) -> bool:
    """Delete the workflow; the branch with the history stays."""
    return remove_units(_units(job, machine))


def _is_installed(job: Job, machine: Machine) -> bool:
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
