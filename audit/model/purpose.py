"""What posts are for, and the rules by which that is told: cues, forms, and a linear model."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    """What a post does for its reader; the values are the words that readers meet.

    Informational: tells that something is so or has happened. Educational: the reader can do or
    understand something afterwards. Entertaining: is read for its own sake. Promotional: asks for
    something or praises it to be had. Unclear: the evidence is too weak to say.
    """

    INFORMATIONAL = "informational"
    EDUCATIONAL = "educational"
    ENTERTAINING = "entertaining"
    PROMOTIONAL = "promotional"
    UNCLEAR = "unclear"


DECIDED = tuple(purpose for purpose in Purpose if purpose is not Purpose.UNCLEAR)
"""The four purposes between which the model decides, in the order in which readers meet them."""


IN_TEXT = ".text"
"""The end of the name of the evidence that is a cue met in the text of a post."""


class CuePlace(StrEnum):
    """Where the phrases of a cue are looked for.

    `words`: title and text; `title`: that alone; `start`: the first words of the title; `address`:
    the folders of the post's path; `about`: its format and its kind of channel.
    """

    WORDS = "words"
    TITLE = "title"
    START = "start"
    ADDRESS = "address"
    ABOUT = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A group of phrases that speak for purposes, by language; `any` holds those of all languages.

    `weights` are log odds before anything was learned, `because` is the reason for them. A `*` at
    the end of a word of a phrase is any ending, alone it is any word.
    """

    name: str
    because: str
    where: CuePlace
    weights: Mapping[Purpose, float]
    words: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearModel:
    """What was learned from labelled posts: a multinomial logistic regression.

    The log odds of a purpose are its `bias` plus the sum of its `weights` for the evidence of a
    post. `usual` is how common it gives each purpose on the whole; they add up to 1. A decision
    needs a probability of at least `threshold` (0 to 1).
    """

    bias: Mapping[Purpose, float]
    weights: Mapping[Purpose, Mapping[str, float]]
    usual: Mapping[Purpose, float]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wording:
    """What was learned of runs of letters: log odds of the four purposes, in their order.

    `part` is how much they count beside the cues, which are surer.
    """

    runs: Mapping[str, tuple[float, ...]]
    part: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PurposeRules:
    """Everything by which the purpose of a post is told; made by `config/purpose.py`.

    `forms` are the weights of what is no word (a question mark), by name. `function_words` are the
    commonest words of each language that has cues, `same_as` languages that are read by another's.
    `model` weighs cues and forms, `wording` the letters of a post.
    """

    cues: tuple[Cue, ...]
    forms: Mapping[str, Mapping[Purpose, float]]
    function_words: Mapping[str, frozenset[str]]
    same_as: Mapping[str, str]
    model: LinearModel
    wording: Wording


NO_PURPOSE_RULES = PurposeRules(
    cues=(),
    forms={},
    function_words={},
    same_as={},
    model=LinearModel(
        bias={}, weights={}, usual=dict.fromkeys(DECIDED, 1 / len(DECIDED)), threshold=1.0
    ),
    wording=Wording(runs={}, part=0.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPurpose:
    """What one post is for, as the model decides it; made by `audit/measure/purpose.py`.

    `confidence` is the probability of the likeliest purpose (0 to 1), also where that is under the
    threshold and the purpose is `unclear`. `cues` are the three strongest pieces of evidence for
    it, such as `tips: "checklist"`; empty where nothing spoke for it.
    """

    purpose: Purpose
    confidence: float
    cues: tuple[str, ...] = ()
