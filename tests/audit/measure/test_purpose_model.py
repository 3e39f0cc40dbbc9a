"""The packaged model of purposes is the one that the labelled posts teach."""

import json
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from audit.model.purpose import DECIDED, Purpose
from tests.purpose import (
    FILE,
    LABELLED,
    Labelled,
    all_names,
    beside_others,
    calibrated,
    chances_held_out,
    f1,
    labelled,
    softmax,
    train,
)
from tests.shared import needs_shared


@cache
def examples() -> list[Labelled]:
    """The labelled posts."""
    return labelled(LABELLED)


@cache
def chances() -> NDArray[np.float64]:
    """Their chances by models that have seen no post of their source."""
    return chances_held_out(examples(), 0)


def test_the_packaged_file_has_a_weight_for_all_evidence_that_there_can_be() -> None:
    content = json.loads(FILE.read_text("utf-8"))
    assert 0.3 < content["threshold"] < 0.7
    for purpose in DECIDED:
        assert set(content["purposes"][purpose]["weights"]) == set(all_names())
    assert sum(content["purposes"][each]["usual"] for each in DECIDED) == pytest.approx(1, abs=0.01)


def test_chances_add_up_to_one_whatever_the_scores() -> None:
    assert softmax(np.array([[1000.0, -1000.0, 0.0, 3.0]])).sum() == pytest.approx(1)


@needs_shared
@pytest.mark.shared
def test_held_out_sources_are_told_as_well_as_the_document_says() -> None:
    found = calibrated(examples(), chances())
    sharp = softmax(found.sharpness * np.log(chances()))
    judged = beside_others(examples(), sharp, found.usual)
    rows: list[tuple[Labelled, Purpose]] = [
        (example, DECIDED[int(row.argmax())])
        for example, row in zip(examples(), judged, strict=True)
        if example.purpose in DECIDED
    ]
    assert float(np.mean([f1(rows, purpose) for purpose in DECIDED])) >= 0.62


@needs_shared
@pytest.mark.shared
def test_the_packaged_weights_are_those_that_training_gives() -> None:
    weights = calibrated(examples(), chances()).sharpness * train(examples())
    content = json.loads(FILE.read_text("utf-8"))["purposes"]
    packaged = [[content[purpose]["weights"][name] for purpose in DECIDED] for name in all_names()]
    assert np.abs(weights[:-1] - np.array(packaged)).max() < 0.01
