"""What happens to a run of tab Train: values in, one call of the visitor's run, one record out."""

from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.live import Run
from s2s_demo.serving.library import Library
from s2s_demo.ui.parts.handler import Visit, handler, language_of
from s2s_demo.ui.train.form import Form, Knobs
from s2s_demo.ui.train.shown import Seen
from s2s_demo.ui.train.trainer import Trainer


class Started(NamedTuple):
    """A message, and what the knobs belong to from now on."""

    message: Any = gr.skip()
    attempt: Any = gr.skip()


class Rewound(NamedTuple):
    """A message, and the knobs as they were at the start."""

    message: Any = gr.skip()
    knobs: Knobs = Knobs()


acting = handler(lambda message: message)  # what is done at once answers with a message, or none


@handler(lambda message: Started(message=message))
def on_start(visit: Visit, task: str, preset: str, probes: str, *form: Any) -> Started:
    """A new run; the visitor's old one ends."""
    trainer = Trainer(visit.library)
    trainer.start(visit.session, task, preset, probes, Form.read(*form))
    return Started("", trainer.attempt(visit.session))


def on_watch(library: Library) -> Callable[[gr.Request], AsyncIterator[Seen]]:
    """The viewer of a visitor's run: it sends what has changed until the run ends, in the visitor's language."""

    async def watch(request: gr.Request) -> AsyncIterator[Seen]:
        yield Seen()
        async for seen in Trainer(library).watch(request.session_hash or "", language_of(request)):
            yield seen

    return watch


@handler(lambda message: Rewound(message=message))
def on_rewind(visit: Visit) -> Rewound:
    """Back to the first weights, and the knobs to where they stood then."""
    runs = visit.library.visitors.runs
    runs.rewind(visit.session)
    run = runs.get(visit.session)
    return Rewound("", Form.of(run.settings).knobs if run else Knobs())


@handler(lambda message: gr.skip())
def on_attempt(visit: Visit) -> str:
    """What the run does now, for the knobs to travel with."""
    return Trainer(visit.library).attempt(visit.session)


@acting
def on_pause(visit: Visit) -> str:
    """Pause, or resume."""
    Trainer(visit.library).pause_or_resume(visit.session)
    return ""


@acting
def on_step(visit: Visit) -> str:
    """One update."""
    visit.library.visitors.runs.act(visit.session, Run.step_once)
    return ""


@acting
def on_stop(visit: Visit) -> str:
    """End the run."""
    visit.library.visitors.runs.act(visit.session, lambda run: run.stop())
    return ""


@acting
def on_fork(visit: Visit, what: str, ratio: Any, rate: Any) -> str:
    """Go on as two."""
    Trainer(visit.library).fork(visit.session, what, ratio, rate)
    return ""


@acting
def on_end_twin(visit: Visit) -> str:
    """Go on as one."""
    visit.library.visitors.runs.act(visit.session, Run.end_twin)
    return ""


@acting
def on_probes(visit: Visit, probes: str) -> str:
    """Watch other sentences."""
    Trainer(visit.library).probe(visit.session, probes)
    return ""


@acting
def on_forcing(visit: Visit, attempt: str, lane: str, forced: Any, ratio: Any, schedule: Any, over: Any) -> str:
    """Teacher forcing, from the next update on."""
    Trainer(visit.library).force(visit.session, attempt, lane, forced, ratio, schedule, over)
    return ""


@acting
def on_learning_rate(visit: Visit, attempt: str, lane: str, rate: Any) -> str:
    """The learning rate, from the next update on."""
    Trainer(visit.library).rate(visit.session, attempt, lane, rate)
    return ""


@acting
def on_clip(visit: Visit, attempt: str, lane: str, clip: Any) -> str:
    """The limit of the gradient's norm, from the next update on."""
    Trainer(visit.library).clip(visit.session, attempt, lane, clip)
    return ""
