"""In which language words are, by the identifier py3langid."""

from functools import cache
from pathlib import Path
from typing import Protocol


class _Identifier(Protocol):
    """What is used of py3langid, which brings no types."""

    def classify(self, text: str, /) -> tuple[str, float]: ...


def language_and_chance(words: str) -> tuple[str, float]:
    """Return the likeliest language of words as a code such as "de", and its probability (0..1)."""
    # Half of a pair of surrogates, as a cut text may end in, is no letter and cannot be encoded.
    language, chance = _identifier().classify(words.encode("utf-8", "ignore").decode())
    return f"{language}", float(chance)


def load() -> None:
    """Load the identifier now, so that nobody waits for it later."""
    _identifier()


def unload() -> None:
    """Let go of the identifier, which takes 70 MB; whoever needs it loads it again in a second."""
    _identifier.cache_clear()


@cache
def _identifier() -> _Identifier:
    """Return the identifier of languages with probabilities: loaded where one is needed, once."""
    from py3langid import langid

    model = Path(langid.__file__).parent / langid.MODEL_FILE
    # Without norm_probs py3langid (0.4.0) gives sums of logarithms, -115 and the like.
    identifier: _Identifier = langid.LanguageIdentifier.from_modelpath(str(model), norm_probs=True)
    return identifier
