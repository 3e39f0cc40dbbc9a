"""Topics need scikit-learn, and nothing else that is large."""

import subprocess
import sys

TOPICS = """
import sys
from audit.measure.themes.learning import load_scikit_learn
load_scikit_learn()
from sklearn.decomposition import NMF
import numpy
NMF(1, max_iter=5).fit(numpy.ones((3, 2)))
print("pandas" in sys.modules)
import pandas
print(pandas.DataFrame({"a": [1]}).a.sum())
"""


def test_scikit_learn_brings_no_pandas_along_and_takes_it_from_nobody() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", TOPICS], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "1"]
