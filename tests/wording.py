"""Learn what the wording of posts says of their purpose: `python -m tests.wording`.

It learns from the written examples in tests/purposes, a file a language, and writes the weights
beside the packaged rules. `--score` prints how well parts of the examples that were left out are
told. How well real posts are told is measured by `python -m tests.purpose --score`.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audit.measure.cues import Reader
from audit.measure.wording import blocks
from audit.model.purpose import DECIDED, Purpose
from config.purpose import WORDING
from tests.purpose import all_names, post_of, prior, rules

EXAMPLES = Path(__file__).parent / "purposes"
FILE = Path(__file__).resolve().parents[1] / "config" / "rules" / WORDING
RUNS = 32_000
"""Runs that are kept: half as many tell less of posts left out, more only make the file larger."""

LEAST = 3
"""Examples in which a run must occur."""

LENGTH = 3.0
"""The length to which an example is brought, which sets how freely its weights are learned."""

FREEDOM = 0.05
"""The inverse of the strength of the penalty: the variance of the normal prior of the weights."""

STEPS = 150
"""Steps of the search for the weights; it is near enough to its end by then."""

HUNDREDTHS = 100
FOLDS = 5

Runs = tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A written post with what it is for."""

    language: str
    purpose: Purpose
    format: str
    title: str
    text: str

    @property
    def record(self) -> Mapping[str, str]:
        """Return it as a line of a file of labelled posts has it."""
        return {
            "url": "",
            "title": self.title,
            "text": self.text,
            "format": self.format,
            "language": self.language,
        }

    @property
    def runs(self) -> Runs:
        """Return the runs of letters of its two blocks."""
        return blocks(self.title, self.text)


def main() -> int:
    """Learn and write, or score."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument(
        "--score", action="store_true", help="print figures of examples left out"
    )
    if arguments.parse_args().score:
        score(examples())
        return 0
    weights = learned(examples())
    rows = ",\n".join(
        f"{json.dumps(run, ensure_ascii=False)}: {each}" for run, each in weights.items()
    )
    FILE.write_text(f"{{\n{rows}\n}}\n", "utf-8")
    return 0


@cache
def examples() -> tuple[Example, ...]:
    """Read the written examples of all languages, in the order of their files and lines."""
    return tuple(
        Example(
            language=path.stem,
            purpose=Purpose(purpose),
            format=form,
            title=title,
            text=text,
        )
        for path in sorted(EXAMPLES.glob("*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        for purpose, form, title, text in [line.split("\t")]
    )


def learned(taught: Sequence[Example]) -> dict[str, list[int]]:
    """Learn the weights of the runs that tell most, in hundredths, by the alphabet."""
    runs = [example.runs for example in taught]
    counts = Counter(run for pair in runs for block in pair for run in block)
    known = sorted(run for run, count in counts.items() if count >= LEAST)
    heard = np.sqrt([counts[run] for run in known])
    telling = np.abs(fitted(taught, runs, known)).max(axis=1) * heard
    kept = sorted(known[place] for place in np.argsort(-telling, kind="stable")[:RUNS])
    weights = np.round(fitted(taught, runs, kept) * LENGTH * HUNDREDTHS).astype(int)
    return dict(zip(kept, weights.tolist(), strict=True))


def fitted(
    taught: Sequence[Example], runs: Sequence[Runs], known: Sequence[str]
) -> NDArray[np.float64]:
    """Fit a multinomial logistic regression; return its weights, a row for each run.

    What the cues say of an example, by their weights before anything was learned, is given: the
    runs have to tell what the cues leave open, so that both may be added up afterwards.
    """
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    matrix = columns(runs, known)
    given = np.array([by_cues(example) for example in taught])
    wanted = np.array([[example.purpose is purpose for purpose in DECIDED] for example in taught])
    shape = (len(known) + 1, len(DECIDED))  # the last row is the bias, which is free

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape)
        scores = matrix @ weights[:-1] + weights[-1] + given
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        errors = np.exp(logs) - wanted
        slope = np.vstack([matrix.T @ errors + weights[:-1] / FREEDOM, errors.sum(axis=0)])
        return float((weights[:-1] ** 2).sum() / FREEDOM / 2 - logs[wanted].sum()), slope.ravel()

    with threadpool_limits(1):
        found = minimize(
            loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
        )
    return np.asarray(found.x, dtype=np.float64).reshape(shape)[:-1]


def columns(runs: Sequence[Runs], known: Sequence[str]) -> Any:
    """Return the runs of examples as a sparse matrix (scipy), each block brought to one length."""
    from scipy.sparse import csr_matrix

    column = {run: place for place, run in enumerate(known)}
    rows, places, values = [], [], []
    for row, pair in enumerate(runs):
        for block in pair:
            held = [column[run] for run in sorted(block) if run in column]
            rows += [row] * len(held)
            places += held
            values += [LENGTH / max(1, len(held)) ** 0.5] * len(held)
    return csr_matrix((values, (rows, places)), shape=(len(runs), len(known)))


@cache
def by_cues(example: Example) -> tuple[float, ...]:
    """Return the log odds of each purpose by the cues of an example, as the rules weigh them."""
    strengths, _ = _reader().evidence(post_of(example.record))
    met = [strengths.get(name, 0.0) for name in all_names()]
    return tuple((np.array([*met, 0.0]) @ prior(all_names())).tolist())


@cache
def _reader() -> Reader:
    """Return a reader by the rules of the package, made once."""
    return Reader(rules())


def score(taught: Sequence[Example]) -> None:
    """Print the share of examples left out that are told rightly, by language."""
    right: dict[str, list[bool]] = {}
    for fold in range(FOLDS):
        weights = learned([each for place, each in enumerate(taught) if place % FOLDS != fold])
        for example in (each for place, each in enumerate(taught) if place % FOLDS == fold):
            right.setdefault(example.language, []).append(
                _told(example, weights) is example.purpose
            )
    for language, hits in sorted(right.items()):
        sys.stdout.write(f"{language}  {len(hits):4}  {np.mean(hits):.2f}\n")


def _told(example: Example, weights: dict[str, list[int]]) -> Purpose:
    """Return the purpose that cues and wording of an example tell together."""
    odds = np.array(by_cues(example))
    for block in example.runs:
        rows = [weights[run] for run in block if run in weights]
        if rows:
            odds += np.sum(rows, axis=0) / len(rows) ** 0.5
    return DECIDED[int(odds.argmax())]


if __name__ == "__main__":
    sys.exit(main())
