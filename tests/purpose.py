"""Train and score the model of purposes: `python -m tests.purpose --train`, `--score`.

The labelled posts lie beside the checkout. Every figure is of held-out sources: the model that
decides a post has seen no post of its source, and its threshold was found without it, too. The
weights that `--train` writes are learned from all of them afterwards.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audit.measure.cues import Reader
from audit.measure.judging import adjusted, common_beside, probabilities
from audit.measure.wording import wording_of
from audit.model.purpose import DECIDED, IN_TEXT, CuePlace, Purpose, PurposeRules
from audit.model.site import Post
from audit.model.value import Evidence
from config.catalogue import load_catalogue
from config.purpose import WEIGHTS
from tests.shared import SHARED

LABELLED = SHARED / "corpus" / "purpose.jsonl"
FILE = Path(__file__).resolve().parents[1] / "config" / "rules" / WEIGHTS
FOLDS = 10
MOST_UNCLEAR = 0.27
"""Where it may abstain, which sets the threshold: sites unlike these are left open more often."""

STIFFNESS = 30.0
"""How firmly the weights are held to those of the rules (the precision of their prior)."""

PART = 1.2
"""How much the wording counts beside the cues, before both are sharpened."""

SEEDS = range(5)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A labelled post: its evidence, and what its reader took it for."""

    post: Post
    source: str
    purpose: Purpose
    second: Purpose | None
    sure: bool
    strengths: Mapping[str, float]
    wording: Mapping[Purpose, float]

    @property
    def telling(self) -> bool:
        """Tell whether there is any evidence; forms without a weight in the rules are none."""
        return any(self.wording.values()) or any(
            rules().forms.get(name) != {} for name in self.strengths
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a model says of posts: the chances of each, and how sure it must be to decide one."""

    chances: Matrix
    thresholds: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What scores are multiplied by so that chances are as right as they say; what is usual.

    `threshold` is the confidence from which on a post is decided.
    """

    sharpness: float
    usual: Matrix
    threshold: float


def main() -> int:
    """Train, score, or both; say so where there are no labelled posts."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--train", action="store_true", help="learn the weights and write them")
    arguments.add_argument("--score", action="store_true", help="print figures of held-out sources")
    arguments.add_argument(
        "--posts", type=Path, metavar="FILE", help="score the packaged weights on other posts"
    )
    chosen = arguments.parse_args()
    if not (chosen.posts or LABELLED).exists():
        say(f"There are no labelled posts in {chosen.posts or SHARED}.")
        return 0
    examples = labelled(chosen.posts or LABELLED)
    if chosen.posts:
        report(examples, [packaged(examples)])
    elif chosen.score:
        report(examples, [held_out(examples, seed) for seed in SEEDS])
    if chosen.train:
        write(examples)
    return 0


@cache
def rules() -> PurposeRules:
    """The rules of the package."""
    return load_catalogue().purpose


def labelled(path: Path) -> list[Labelled]:
    """Read the labelled posts; those that serve no purpose are left to the figures."""
    reader = Reader(rules())
    with path.open(encoding="utf-8") as lines:
        return [_example(json.loads(line), reader) for line in lines]


def _example(line: Mapping[str, str], reader: Reader) -> Labelled:
    """Make an example of a line of the file."""
    post = post_of(line)
    second = line.get("second")
    return Labelled(
        post=post,
        source=str(line["source"]),
        purpose=Purpose(line["purpose"]),
        second=Purpose(second) if second else None,
        sure=bool(line["sure"]),
        strengths=reader.evidence(post)[0],
        wording=wording_of(post, rules().wording),
    )


def post_of(line: Mapping[str, str]) -> Post:
    """Make a post of a labelled one; its kind of section is not known."""
    now = datetime(2026, 11, 1, tzinfo=UTC)
    return Post(
        channel="",
        channel_url="",
        url=line["url"] or "",
        title=line["title"],
        published=None,
        format=line["format"] if line["format"] in ("audio", "video") else "article",
        language=line["language"],
        flag="",
        evidence=Evidence(url=line["url"] or "", fetched_at=now, rule="", excerpt="", record=""),
        text=line["text"] or "",
    )


def prior(names: Sequence[str]) -> Matrix:
    """The weights of the rules, before anything is learned; the bias is none."""
    given = {cue.name: cue.weights for cue in rules().cues} | dict(rules().forms)
    rows = [
        [given.get(name.removesuffix(IN_TEXT), {}).get(purpose, 0.0) for purpose in DECIDED]
        for name in names
    ]
    return np.array([*rows, [0.0] * len(DECIDED)])


@cache
def all_names() -> tuple[str, ...]:
    """The names of all evidence that there can be."""
    cues = [cue.name for cue in rules().cues]
    in_text = [cue.name + IN_TEXT for cue in rules().cues if cue.where is CuePlace.WORDS]
    return (*cues, *in_text, *rules().forms)


def matrix(examples: Sequence[Labelled]) -> Matrix:
    """The strengths of all evidence, a row for each post, with a last column of ones."""
    return np.array(
        [[each.strengths.get(name, 0.0) for name in all_names()] + [1.0] for each in examples]
    )


def scores(examples: Sequence[Labelled], weights: Matrix) -> Matrix:
    """The scores of posts by the weights of their cues, and by their wording."""
    worded = [[each.wording[purpose] for purpose in DECIDED] for each in examples]
    return matrix(examples) @ weights + PART * np.array(worded)


def train(examples: Sequence[Labelled]) -> Matrix:
    """Learn weights that explain the labels and stay near those of the rules.

    Maximises the likelihood of the labels, each source and each purpose evened out by the root of
    its number, less STIFFNESS ÷ 2 · Σ (weight − weight of the rules)²: the mode of the posterior
    for a normal prior, found by steps down the slope with momentum.
    """
    taught = [each for each in examples if each.purpose in DECIDED]
    x, start = matrix(taught), prior(all_names())
    targets = np.array([_target(each) for each in taught])
    of_source, of_purpose = Counter(e.source for e in taught), Counter(e.purpose for e in taught)
    even = np.array([(of_source[e.source] * of_purpose[e.purpose]) ** -0.5 for e in taught])
    even = even / even.mean()
    weights, speed = start.copy(), np.zeros_like(start)
    stiff = np.full((len(start), 1), STIFFNESS)
    stiff[-1] = 0.1  # the bias is learned freely
    rate = 1.0 / (0.5 * float(np.linalg.norm(x, 2)) ** 2 * float(even.max()) ** 0.5 + STIFFNESS)
    for _ in range(600):
        slope = x.T @ ((softmax(x @ weights) - targets) * even[:, None]) + stiff * (weights - start)
        speed = 0.9 * speed - rate * slope
        weights = weights + speed
    return weights


def _target(example: Labelled) -> list[float]:
    """The chances of the purposes as the label gives them: a quarter for the second where unsure."""
    part = 0.25 if example.second in DECIDED and not example.sure else 0.0
    return [
        (1 - part) * (example.purpose is purpose) + part * (example.second is purpose)
        for purpose in DECIDED
    ]


def softmax(scores: Matrix) -> Matrix:
    """Chances that add up to 1 in each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def folds_of(examples: Sequence[Labelled], seed: int) -> NDArray[np.int_]:
    """A fold for each post, the same for all posts of a source."""
    sources = sorted({each.source for each in examples})
    random.Random(seed).shuffle(sources)  # noqa: S311  # no secret
    place = {source: number % FOLDS for number, source in enumerate(sources)}
    return np.array([place[each.source] for each in examples])


def chances_held_out(examples: Sequence[Labelled], seed: int) -> Matrix:
    """The chances of each post by a model that has seen no post of its source."""
    folds = folds_of(examples, seed)
    chances = np.zeros((len(examples), len(DECIDED)))
    for fold in range(FOLDS):
        weights = train([each for each, of in zip(examples, folds, strict=True) if of != fold])
        chances[folds == fold] = softmax(scores(examples, weights))[folds == fold]
    return chances


def held_out(examples: Sequence[Labelled], seed: int) -> Judged:
    """Judge each post without its source: weights, sharpness and threshold are of the others."""
    folds = folds_of(examples, seed)
    chances, thresholds = np.zeros((len(examples), len(DECIDED))), np.zeros(len(examples))
    for fold in range(FOLDS):
        others = [each for each, of in zip(examples, folds, strict=True) if of != fold]
        here = [each for each, of in zip(examples, folds, strict=True) if of == fold]
        found = calibrated(others, chances_held_out(others, seed + 1))
        alone = softmax(found.sharpness * scores(here, train(others)))
        chances[folds == fold] = beside_others(here, alone, found.usual)
        thresholds[folds == fold] = found.threshold
    return Judged(chances=chances, thresholds=thresholds)


def beside_others(examples: Sequence[Labelled], chances: Matrix, usual: Matrix) -> Matrix:
    """Adjust chances to the other posts of the same source, by the formula of the product."""
    common = _by_purpose(usual)
    result = chances.copy()
    for source in {each.source for each in examples}:
        rows = [row for row, each in enumerate(examples) if each.source == source]
        alone = [_by_purpose(chances[row]) for row in rows]
        for row, own, here in zip(rows, alone, common_beside(alone, common), strict=True):
            result[row] = [adjusted(own, here, common)[purpose] for purpose in DECIDED]
    return result


def _by_purpose(chances: Matrix) -> Mapping[Purpose, float]:
    """Name the chances of one post."""
    return {purpose: float(chances[column]) for column, purpose in enumerate(DECIDED)}


def calibrated(examples: Sequence[Labelled], chances: Matrix) -> Calibration:
    """Find the sharpness, the usual chances and the threshold that suit chances held out.

    The sharpness is that of the highest likelihood of the labels. The threshold leaves
    MOST_UNCLEAR of the posts undecided.
    """
    wanted = np.array([DECIDED.index(e.purpose) if e.purpose in DECIDED else -1 for e in examples])
    taught = wanted >= 0
    logs = np.log(chances)

    def likelihood(sharpness: float) -> float:
        sharp = softmax(sharpness * logs[taught])
        return float(np.log(sharp[np.arange(len(sharp)), wanted[taught]]).mean())

    best = max((float(each) for each in np.arange(0.5, 3.05, 0.1)), key=likelihood)
    sharp = softmax(best * logs)
    usual = np.asarray(sharp[taught].mean(axis=0))
    confidences = beside_others(examples, sharp, usual)[taught].max(axis=1)
    threshold = float(np.quantile(confidences, MOST_UNCLEAR))
    return Calibration(sharpness=best, usual=usual, threshold=threshold)


def packaged(examples: Sequence[Labelled]) -> Judged:
    """Judge posts as the product does, by the weights of the package."""
    model, part = rules().model, rules().wording.part
    each_alone = [probabilities(e.strengths, model, e.wording, part) for e in examples]
    alone = np.array([[chances[purpose] for purpose in DECIDED] for chances in each_alone])
    usual = np.array([model.usual[purpose] for purpose in DECIDED])
    chances = beside_others(examples, alone, usual)
    return Judged(chances=chances, thresholds=np.full(len(examples), model.threshold))


def write(examples: Sequence[Labelled]) -> None:
    """Learn from all posts, and write what the product predicts with."""
    found = calibrated(examples, chances_held_out(examples, 0))
    weights = found.sharpness * train(examples)
    purposes = {
        purpose.value: {
            "bias": round(float(weights[-1, column]), 3),
            "usual": round(float(found.usual[column]), 3),
            "weights": {
                name: round(float(weights[row, column]), 3) for row, name in enumerate(all_names())
            },
        }
        for column, purpose in enumerate(DECIDED)
    }
    content = {
        "threshold": round(found.threshold, 3),
        "wording": round(found.sharpness * PART, 3),
        "purposes": purposes,
    }
    FILE.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    say(f"{FILE.name}: sharpness {found.sharpness:.1f}, threshold {found.threshold:.3f}")


def report(examples: Sequence[Labelled], runs: Sequence[Judged]) -> None:
    """Print the figures of one or more ways to cut the sources into folds."""
    rows = [figures(examples, judged) for judged in runs]
    for name in rows[0]:
        values = [row[name] for row in rows]
        say(f"{name:44} {np.mean(values):.3f}   {min(values):.3f} to {max(values):.3f}")
    say_confusion(examples, runs[0])
    say_calibration(examples, runs)


def figures(examples: Sequence[Labelled], judged: Judged) -> dict[str, float]:
    """The figures of one run, by what they are."""
    guesses = [DECIDED[column] for column in judged.chances.argmax(axis=1)]
    telling = np.array([each.telling for each in examples])
    sure_enough = telling & (judged.chances.max(axis=1) >= judged.thresholds)
    rows = [
        row for row in zip(examples, guesses, sure_enough, strict=True) if row[0].purpose in DECIDED
    ]
    decided = [(example, guess) for example, guess, sure in rows if sure]
    named = [(example, guess) for example, guess, _ in rows]
    return {
        "macro F1, all decided": float(np.mean([f1(named, purpose) for purpose in DECIDED])),
        "accuracy, all decided": hits(named),
        "accuracy, all decided, on sure labels": hits([r for r in named if r[0].sure]),
        "share unclear": 1 - len(decided) / len(rows),
        "accuracy where it decides": hits(decided),
        "accuracy where it decides, on sure labels": hits([r for r in decided if r[0].sure]),
        "there, hits on the second purpose": float(
            np.mean([guess is example.second for example, guess in decided])
        ),
        **{f"F1 {purpose}": f1(named, purpose) for purpose in DECIDED},
    }


def hits(rows: Sequence[tuple[Labelled, Purpose]]) -> float:
    """The share of posts whose purpose was told; a hit on the second purpose is none."""
    return float(np.mean([example.purpose is guess for example, guess in rows]))


def f1(rows: Sequence[tuple[Labelled, Purpose]], purpose: Purpose) -> float:
    """The harmonic mean of precision and recall of one purpose."""
    right = sum(example.purpose is purpose and guess is purpose for example, guess in rows)
    either = sum((e.purpose is purpose) + (guess is purpose) for e, guess in rows)
    return 2 * right / either if either else 0.0


def say_confusion(examples: Sequence[Labelled], judged: Judged) -> None:
    """Print how often each purpose was taken for each, in the first run."""
    guesses = [DECIDED[column] for column in judged.chances.argmax(axis=1)]
    pairs = Counter(zip((each.purpose for each in examples), guesses, strict=True))
    say(f"{'labelled, then taken for':26}" + "".join(f"{each:>15}" for each in DECIDED))
    for purpose in Purpose:
        say(f"{purpose:26}" + "".join(f"{pairs[purpose, each]:15}" for each in DECIDED))


def say_calibration(examples: Sequence[Labelled], runs: Sequence[Judged]) -> None:
    """Print how often a decision of each confidence was right, over all runs."""
    bins: dict[int, list[bool]] = {}
    for judged in runs:
        for example, chances in zip(examples, judged.chances, strict=True):
            right = example.purpose is DECIDED[int(chances.argmax())]
            bins.setdefault(int(chances.max() * 10), []).append(right)
    for tenth, hit in sorted(bins.items()):
        share = f"{np.mean(hit):.2f} right of {len(hit)}"
        say(f"confidence {tenth / 10:.1f} to {(tenth + 1) / 10:.1f}: {share}")


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main())
