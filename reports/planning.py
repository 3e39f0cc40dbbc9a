"""The planning of a social media programme in six steps: what to ask, and who can answer it.

A question without `answer` is for people alone; of the others the audit says what it knows, and
nothing where it knows nothing. Questions keep their id for good: what people wrote hangs on it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports import answers as known
from reports.answers import Answer
from reports.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of a step: its id, its words, and what finds the audit's answer, if it can."""

    id: str
    words: str
    answer: Callable[[Report], Answer | None] = known.nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the programme with its questions, in the order in which they are asked."""

    name: str
    questions: Sequence[Question]


STEPS = (
    Step(
        name="1 Discover",
        questions=(
            Question(
                id="rivals",
                words="Where are our competitors?",
                answer=known.where_competitors_are,
            ),
            Question(id="today", words="Where are we today?", answer=known.where_we_are),
            Question(
                id="ahead",
                words="What do we do better than a typical competitor?",
                answer=known.what_we_do_better,
            ),
            Question(id="behind", words="Where do we trail?", answer=known.where_we_trail),
            Question(
                id="missing-topics",
                words="What do competitors write about more than we do?",
                answer=known.what_others_write,
            ),
            Question(
                id="readers",
                words="Who can take part with us: create, discuss, rate, collect, join, read?",
                answer=known.whom_we_invite,
            ),
            Question(id="heard", words="What do customers say about us, and where?"),
            Question(id="inside", words="Who in the company has a stake: sales, support, product?"),
        ),
    ),
    Step(
        name="2 Define",
        questions=(
            Question(
                id="goals",
                words="What shall the programme do for the company within a year?",
                answer=known.our_goals,
            ),
            Question(
                id="stakeholders",
                words="Whom do we want to reach first, and what do they need?",
                answer=known.our_stakeholders,
            ),
            Question(
                id="message",
                words="What do we want to be known for, in one sentence?",
                answer=known.our_themes,
            ),
            Question(
                id="open-field",
                words="Which subject that few write about can we make our own?",
                answer=known.open_fields,
            ),
            Question(
                id="channels",
                words="On which channels shall we be, and which shall we leave?",
                answer=known.channels_to_consider,
            ),
            Question(id="budget", words="What may it cost, in hours a week and in money?"),
        ),
    ),
    Step(
        name="3 Create",
        questions=(
            Question(
                id="mend",
                words="What must be put in order first?",
                answer=known.what_to_mend,
            ),
            Question(id="people", words="Who writes, who answers, who decides?"),
            Question(id="rules", words="What may our people say in public, and what not?"),
            Question(id="tone", words="How do we sound, and how do we never sound?"),
            Question(id="calendar", words="Which occasions of the year do we write about?"),
        ),
    ),
    Step(
        name="4 Test",
        questions=(
            Question(
                id="first",
                words="What do we try first, small and soon?",
                answer=known.what_to_try,
            ),
            Question(id="circle", words="Who sees it before everybody does?"),
            Question(id="stop", words="By what will we see that it does not work, and stop?"),
        ),
    ),
    Step(
        name="5 Broadcast",
        questions=(
            Question(
                id="pace",
                words="How often do we publish, all channels together?",
                answer=known.how_often,
            ),
            Question(id="when", words="On which days, at which hours?", answer=known.when_we_post),
            Question(
                id="links",
                words="Do the links on our website lead to living profiles?",
                answer=known.whether_links_work,
            ),
            Question(id="replies", words="Who answers readers, and how soon?"),
            Question(id="crisis", words="Who speaks when something goes wrong?"),
        ),
    ),
    Step(
        name="6 Measure",
        questions=(
            Question(
                id="kpis",
                words="Which figures do we follow, and where do they stand?",
                answer=known.our_kpis,
            ),
            Question(
                id="response",
                words="What do readers do with a post of ours?",
                answer=known.what_readers_do,
            ),
            Question(
                id="changed",
                words="What has changed since the last look?",
                answer=known.what_changed,
            ),
            Question(id="reader", words="Who gets the report, and who decides what follows?"),
            Question(id="learned", words="What did we learn, and what do we do otherwise now?"),
        ),
    ),
)
