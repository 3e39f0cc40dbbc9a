"""Read the rules by which the purpose of posts is told: the package's cues, then the user's."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from audit.model.errors import ConfigError
from audit.model.purpose import (
    DECIDED,
    IN_TEXT,
    Cue,
    CuePlace,
    LinearModel,
    Purpose,
    PurposeRules,
    Wording,
)
from config.records import Record, mapping_of

WEIGHTS = "purpose.json"
"""The learned weights, beside the packaged rules; `python -m tests.purpose --train` writes it."""

WORDING = "wording.json"
"""The learned weights of runs of letters, beside them; `python -m tests.wording` writes it."""

_KEYS = ("cues", "forms", "same_as", "function_words")
_CUE_KEYS = {"because", "where", "weights", "words"}


def purpose_rules(parts: Sequence[tuple[Path, object]], weights: str, wording: str) -> PurposeRules:
    """Join the parts `purpose` of several files, the package's first; a later cue replaces one.

    `weights` is the JSON of the learned model, `wording` that of the weights of runs of letters.

    Raises:
        ConfigError: a part is not built as it should be; with file and key.
    """
    cues: dict[str, Cue] = {}
    forms: dict[str, Mapping[Purpose, float]] = {}
    same_as: dict[str, str] = {}
    common: dict[str, frozenset[str]] = {}
    for path, part in parts:
        record = mapping_of(part, "purpose", path)
        if unknown := sorted(set(record) - set(_KEYS)):
            raise ConfigError(f"has the keys {', '.join(_KEYS)}", path=path, key=unknown[0])
        for name, cue in mapping_of(record.get("cues"), "cues", path).items():
            cues[name] = _cue(name, cue, path)
        for name, form in mapping_of(record.get("forms"), "forms", path).items():
            forms[name] = _weights(mapping_of(form, name, path).get("weights"), name, path)
        for language, other in mapping_of(record.get("same_as"), "same_as", path).items():
            same_as[language] = str(other)
        for language, words in _words(record.get("function_words"), "function_words", path).items():
            common[language] = frozenset(words)
    learned = json.loads(weights)
    return PurposeRules(
        cues=tuple(cues.values()),
        forms=forms,
        function_words=common,
        same_as=same_as,
        model=_completed(model_of(learned), cues, forms),
        wording=wording_of(json.loads(wording), _number(learned["wording"])),
    )


def wording_of(content: Mapping[str, Sequence[int]], part: float) -> Wording:
    """Make the weights of runs of letters of the content of their file, which has hundredths."""
    return Wording(
        runs={run: tuple([each / 100 for each in row]) for run, row in content.items()}, part=part
    )


def _completed(
    model: LinearModel, cues: Mapping[str, Cue], forms: Mapping[str, Mapping[Purpose, float]]
) -> LinearModel:
    """Give evidence of which nothing was learned, such as a user's own cue, the weights it states.

    A cue that is met in the text alone weighs as much, as a hit there is a third of one.
    """
    stated = dict(forms)
    for cue in cues.values():
        stated |= dict.fromkeys((cue.name, cue.name + IN_TEXT), cue.weights)
    return replace(
        model,
        weights={
            purpose: {name: weights.get(purpose, 0.0) for name, weights in stated.items()}
            | dict(model.weights[purpose])
            for purpose in DECIDED
        },
    )


def packaged(name: str) -> str:
    """Return a file of weights that the package brings: `WEIGHTS` or `WORDING`."""
    return (files("config") / "rules" / name).read_text("utf-8")


def model_of(content: Mapping[str, Mapping[str, object]]) -> LinearModel:
    """Make the model of the content of its file."""
    classes = content["purposes"]
    return LinearModel(
        bias={purpose: _number(_of(classes, purpose)["bias"]) for purpose in DECIDED},
        weights={
            purpose: {
                name: _number(value) for name, value in _inner(_of(classes, purpose)["weights"])
            }
            for purpose in DECIDED
        },
        usual={purpose: _number(_of(classes, purpose)["usual"]) for purpose in DECIDED},
        threshold=_number(content["threshold"]),
    )


def _of(classes: Mapping[str, object], purpose: Purpose) -> Record:
    """Return what a file of weights holds for one purpose."""
    return dict(_inner(classes[purpose.value]))


def _inner(value: object) -> Sequence[tuple[str, object]]:
    """Return the entries of a record in the file of weights."""
    return list(value.items()) if isinstance(value, dict) else []


def _number(value: object) -> float:
    """Return a number of the file of weights."""
    return float(value) if isinstance(value, int | float) else 0.0


def _cue(name: str, value: object, path: Path) -> Cue:
    """Make one cue of its record."""
    record = mapping_of(value, name, path)
    if unknown := sorted(set(record) - _CUE_KEYS):
        raise ConfigError("unknown key", path=path, key=f"{name}.{unknown[0]}")
    where = str(record.get("where", CuePlace.WORDS))
    if where not in set(CuePlace):
        message = f"is looked for in one of {', '.join(CuePlace)}"
        raise ConfigError(message, path=path, key=f"{name}.where")
    return Cue(
        name=name,
        because=str(record.get("because", "")),
        where=CuePlace(where),
        weights=_weights(record.get("weights"), name, path),
        words=_words(record.get("words"), name, path),
    )


def _weights(value: object, key: str, path: Path) -> Mapping[Purpose, float]:
    """Return the weights of a cue or a form by purpose."""
    weights: dict[Purpose, float] = {}
    for name, number in mapping_of(value, key, path).items():
        if name not in DECIDED or not isinstance(number, int | float):
            message = f"needs a number for one of {', '.join(DECIDED)}"
            raise ConfigError(message, path=path, key=f"{key}.weights")
        weights[Purpose(name)] = float(number)
    return weights


def _words(value: object, key: str, path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return phrases by language, each once."""
    words: dict[str, tuple[str, ...]] = {}
    for language, phrases in mapping_of(value, key, path).items():
        if not isinstance(phrases, list):
            raise ConfigError("must be a list of words", path=path, key=f"{key}.{language}")
        words[language] = tuple(dict.fromkeys(map(str, phrases)))
    return words
