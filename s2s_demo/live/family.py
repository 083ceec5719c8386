"""The whole family: every attention, encoder, decoder, loss and optimiser there is, each on a lesson that suits it.

All from the registries: a new member is here by itself, on the dates; `LESSONS` says where another lesson suits it.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from s2s_demo.decoding import Greedy
from s2s_demo.evaluation import TestSet, evaluate
from s2s_demo.live.presets import PRESETS, preset_for
from s2s_demo.live.settings import RunSettings, build_training
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.encoders import ENCODERS
from s2s_demo.tasks import TASKS
from s2s_demo.training.losses import LOSSES
from s2s_demo.training.optimisers import OPTIMISERS
from s2s_demo.translator import Translator

ENOUGH = 0.95  # share of exact answers that counts as learnt
CHECKS = 20  # judgements in a run
BASE = PRESETS["dates-in-seconds"]

REGISTRIES: dict[str, Mapping[str, object]] = {
    "attention": ATTENTIONS,
    "encoder": ENCODERS,
    "decoder": DECODERS,
    "loss": LOSSES,
    "optimiser": OPTIMISERS,
}


@dataclass(frozen=True)
class Lesson:
    """A member and the settings of the run that shows what it can; `why` it may fall short of ENOUGH."""

    kind: str
    member: str
    settings: RunSettings
    why: str = ""


@dataclass(frozen=True)
class Result:
    """What came of a lesson; seconds are what training took of a processor, None where ENOUGH was not reached."""

    kind: str
    member: str
    task: str
    exact_match: float
    seconds_to_enough: float | None
    seconds: float
    updates: int
    parameters: int
    tokens_per_second: float
    why: str = ""


_ONE_VECTOR = "one vector holds a short word, not a date: what attention was invented for (Cho et al. 2014)"
_LATE = "it never goes back, and what a figure is may depend on the words after it: two, or two thousand"
_SAME_PACE = "its window moves a place a word, and numerals do not keep that pace (Luong et al. 2015, section 3.2)"
_REVERSED = "it reads on and never turns back, and here the last letter comes first"
_SLOW = "without momentum or a rate of its own for each weight a few hundred updates are not enough"
_NUMERALS = PRESETS["numerals-in-seconds"]
_CARRIES = "what is wrong mostly changes its tens or its length, and of those few are shown"
_LESSONS_OF_THEIR_OWN = ("summaries", "comprehension", "dialogue", "sentiment")

LESSONS: dict[tuple[str, str], Lesson] = {
    (lesson.kind, lesson.member): lesson
    for lesson in (
        Lesson("attention", "none", PRESETS["sutskever-2014"], _ONE_VECTOR),
        Lesson("attention", "monotonic", replace(_NUMERALS, attention="monotonic"), _LATE),
        Lesson("attention", "local_m", replace(_NUMERALS, attention="local_m"), _SAME_PACE),
        Lesson("attention", "local_p", replace(PRESETS["reverse-in-seconds"], attention="local_p")),
        Lesson("attention", "dot", replace(BASE, attention="dot", dropout=0.0, updates=600)),
        Lesson("attention", "hard", replace(BASE, attention="hard", dropout=0.0, updates=1200)),
        Lesson("attention", "multi_head", replace(BASE, attention="multi_head")),
        Lesson("encoder", "convolutional", PRESETS["gehring-2017"]),
        Lesson("encoder", "transformer", replace(PRESETS["vaswani-2017"], decoder="luong")),
        Lesson("encoder", "recurrent_residual", replace(BASE, encoder="recurrent_residual", layers=3)),
        Lesson("decoder", "transformer", PRESETS["vaswani-2017"]),
        Lesson("decoder", "gnmt_residual", replace(BASE, decoder="gnmt_residual", layers=3)),
        Lesson("decoder", "fixed", PRESETS["sutskever-2014"], _ONE_VECTOR),
        Lesson("loss", "minimum_risk", PRESETS["shen-2016"]),
        Lesson("loss", "coverage", replace(PRESETS["reverse-in-seconds"], loss="coverage", attention="coverage")),
        Lesson("optimiser", "sgd", replace(BASE, optimiser="sgd", learning_rate=0.1)),
        Lesson("optimiser", "plain_sgd", replace(BASE, optimiser="plain_sgd", learning_rate=0.5), _SLOW),
        Lesson("optimiser", "adadelta", replace(BASE, optimiser="adadelta", learning_rate=1.0, warm_up=0)),
        Lesson("optimiser", "adagrad", replace(BASE, optimiser="adagrad", learning_rate=0.02)),
        Lesson("optimiser", "adagrad_da", replace(BASE, optimiser="adagrad_da", learning_rate=0.02)),
        Lesson("optimiser", "rmsprop_da", replace(BASE, optimiser="rmsprop_da", learning_rate=0.02)),
        *(Lesson("task", name, preset_for(name, TASKS[name]())) for name in _LESSONS_OF_THEIR_OWN),
        Lesson("task", "sequences", preset_for("sequences", TASKS["sequences"]()), _CARRIES),
        *(
            Lesson("reversal", kind, replace(PRESETS["reverse-in-seconds"], attention=kind), why)
            for kind, why in (("scaled_dot", ""), ("local_m", _REVERSED), ("monotonic", _REVERSED))
        ),
        Lesson("part", "centred RMSProp", replace(BASE, optimiser="rmsprop", optimiser_settings={"centred": True})),
        Lesson("part", "pointer", PRESETS["see-2017"]),
        Lesson(
            "part",
            "no pointer",
            replace(PRESETS["see-2017"], pointer=False),
            "a softmax never writes a word that it never saw written (See et al. 2017)",
        ),
    )
}


def lessons() -> list[Lesson]:
    """A lesson for each member of each registry, and those of parts that are no registry."""
    found = [_lesson(kind, member) for kind, registry in REGISTRIES.items() for member in registry]
    return [*found, *(lesson for lesson in LESSONS.values() if lesson.kind not in REGISTRIES)]


def _lesson(kind: str, member: str) -> Lesson:
    if (kind, member) in LESSONS:
        return LESSONS[kind, member]
    return Lesson(kind, member, replace(BASE, **{kind: member}))  # type: ignore[arg-type]  # kind is a field's name


def learn(lesson: Lesson, *, seconds: float, sentences: int = 200, till_enough: bool = False) -> Iterator[Result]:
    """Train a lesson for as many updates as it has, or as many seconds; what is reached so far, judged in between.

    Seconds are those of processors, all threads added up: they mean the same on a machine that does other work, too.
    With `till_enough` it ends as soon as ENOUGH is reached.
    """
    settings = lesson.settings
    task = settings.make_task()
    training = build_training(settings, task)
    test_set = TestSet.of("validation", task.val(), at_most=sentences)
    every, reached, spent = max(1, settings.updates // CHECKS), None, 0.0
    updates = training.updates()
    while True:
        before = time.process_time()
        progress = next(updates)
        spent += time.process_time() - before
        last = progress.done >= 1 or spent >= seconds
        if not last and progress.update % every:
            continue
        judged = Translator(training.model, training.tokenizer)
        exact = evaluate(judged, test_set, Greedy(), metrics=()).exact_match
        if reached is None and exact >= ENOUGH:
            reached = spent
        yield Result(
            lesson.kind,
            lesson.member,
            settings.task,
            exact,
            reached,
            spent,
            progress.update,
            training.model.parameter_count,
            progress.tokens / spent,
            lesson.why if exact < ENOUGH else "",
        )
        if last or (till_enough and reached is not None):
            return
