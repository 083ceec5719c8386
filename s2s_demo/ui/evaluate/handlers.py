"""What happens on tab Evaluate: a run in steps, then looks at what it found."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import InputError
from s2s_demo.evaluation import Progress, Report, TestSet, report, with_beams
from s2s_demo.serving.query import Query
from s2s_demo.ui.evaluate import results
from s2s_demo.ui.evaluate.form import Form, pair_of
from s2s_demo.ui.evaluate.sets import shipped
from s2s_demo.ui.evaluate.shown import Exported, Opened, Sets, Shown, Waiting
from s2s_demo.ui.parts.download import file_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler, steps
from s2s_demo.ui.parts.layout import sentence_choices
from s2s_demo.ui.parts.path import sentence_of
from s2s_demo.ui.parts.pictures import heatmap_value
from s2s_demo.ui.parts.progress import progress_value
from s2s_demo.ui.parts.strategies import strategy_called
from s2s_demo.words import say

RUNS_AT_ONCE = 1  # on this server; others wait, so that Translate stays quick
BREATH = 0.005  # seconds after each step in which other visitors' work gets the processor
PLACE = "evaluate"  # a visitor's newer run there ends the older one


@handler(Waiting.saying)
def on_wait(visit: Visit) -> Waiting:
    """A run was asked for: it begins when its place in the queue is free, unless a newer one is asked for."""
    turn = visit.visitor.turns(PLACE).take()
    return Waiting(status=say("evaluate.waiting"), bar=progress_value(0, 1), turn=turn)


@handler(Waiting.saying)
def on_stop(visit: Visit) -> Waiting:
    """The run ends between two steps."""
    visit.visitor.turns(PLACE).take()
    return Waiting(message=gr.skip(), status=say("evaluate.stopped"), bar="")


@steps(Shown.ended)
def on_evaluate(visit: Visit, turn: int, *values: Any) -> Iterator[Shown]:
    """Progress after every few sentences, then everything that was found."""
    asked = Form.of(*values)
    query = asked.query()
    # Files are read here, and gone from the disk, even where a newer run or a closed page lets nothing come of it.
    test_set = asked.chosen_set(visit.library.get(query.model, visit.session), visit.visitor)
    yield from visit.visitor.turns(PLACE).steps(turn, _evaluated(visit, query, test_set), _stopped())


@steps(Shown.ended)
def on_beams(visit: Visit, turn: int, found: Report | None) -> Iterator[Shown]:
    """The figure of beam sizes grows point by point."""
    return visit.visitor.turns(PLACE).steps(turn, _measured(visit, found), _stopped())


@handler(Opened.saying)
def on_open(visit: Visit, model: str, source: str | None) -> Opened:
    """The tab is opened: the visitor may own other models by now."""
    sets = calmly(Sets.saying, partial(_sets_of, visit, model, bool(source)))
    return Opened(gr.update(choices=visit.library.choices(visit.session)), sets)


@handler(Sets.saying)
def on_model(visit: Visit, model: str, source: str | None) -> Sets:
    """The test sets a model can be evaluated on; files that a visitor brought stay chosen."""
    return _sets_of(visit, model, bool(source))


@handler(Shown.saying)
def on_row(visit: Visit, event: gr.EventData, found: Report | None) -> Shown:
    """A row of the worst sentences was selected; what the browser sends is checked."""
    return _looked(visit, found, event._data.get("id"), 0)


@handler(Shown.saying)
def on_sentence(visit: Visit, found: Report | None, number: Any, sentence: Any) -> Shown:
    """The second, third... sentence of a text of the test set."""
    return _looked(visit, found, number, sentence if type(sentence) is int else 0)


@handler(Exported.saying)
def on_export(visit: Visit, kind: str, found: Report | None) -> Exported:
    """A file to take home."""
    if found is None:
        raise InputError("evaluate.nothing-yet")
    return Exported(download=file_value(results.file_of(kind, found)))


def _evaluated(visit: Visit, query: Query, test_set: TestSet) -> Iterator[Shown]:
    translator = visit.library.get(query.model, visit.session)
    for found in report(translator, query.model, test_set, query.strategy):
        yield _progress(found) if isinstance(found, Progress) else _found(visit, found)
        time.sleep(BREATH)


def _measured(visit: Visit, found: Report | None) -> Iterator[Shown]:
    if found is None:
        raise InputError("evaluate.nothing-yet")
    translator = visit.library.get(found.model, visit.session)
    for more in with_beams(translator, _without_beams(found)):
        yield _progress(more) if isinstance(more, Progress) else _beams(more)
        time.sleep(BREATH)
    yield Shown(status=results.done(found, _label(visit, found)), bar="")


def _sets_of(visit: Visit, model: str, has_files: bool) -> Sets:
    translator = visit.library.get(model, visit.session)
    found, files = shipped(translator), (say("evaluate.files"), "files")
    pair = pair_of(translator)
    if found is None:
        return Sets(gr.update(choices=[files], value="files"), say("evaluate.no-set", pair=pair))
    if found.name == "everyday":
        label, about = say("evaluate.everyday"), say("evaluate.everyday-help", sentences=len(found.sources), pair=pair)
    else:
        label = say("evaluate.examples")
        about = say("evaluate.examples-help", sentences=len(found.sources), task=found.name)
    ours = (label, "ours")
    return Sets(gr.update(choices=[ours, files], value="files" if has_files else "ours"), about)


def _found(visit: Visit, found: Report) -> Shown:
    return _picked(visit, found, found.worst_first[0], 0)._replace(
        status=results.done(found, _label(visit, found)),
        bar="",
        report=found,
        figures=results.figures_value(found),
        by_length=results.length_value(found),
        by_length_table=results.length_table(found),
        by_beam=results.beam_value(found),
        by_beam_table=results.beam_table(found),
    )


def _looked(visit: Visit, found: Report | None, number: Any, sentence: int) -> Shown:
    """The attention of one sentence of the test set; nothing changes where there is no such sentence."""
    if found is None or type(number) is not int or not 0 <= number < len(found.sentence_chrf):
        return Shown()
    return _picked(visit, found, number, sentence)


def _picked(visit: Visit, found: Report, number: int, sentence: int) -> Shown:
    query = Query(found.test_set.sources[number], found.model, found.strategy)
    translation = visit.library.translate(query, visit.session)
    translator = visit.library.get(found.model, visit.session)
    one = sentence_of(translation, sentence)
    return Shown(
        worst=results.worst_value(found, number),
        picked_title=say("evaluate.picked", number=number + 1, chrf=found.sentence_chrf[number]),
        picked=results.picked_value(found, number),
        sentence=sentence_choices([part.source.text for part in translation.sentences], sentence),
        heatmap=heatmap_value(one, translator, file_name=f"alignment-{number + 1}"),
        number=number,
    )


def _label(visit: Visit, found: Report) -> str:
    """What the pickers call the model of a report."""
    choices = visit.library.choices(visit.session)
    return next((label for label, name in choices if name == found.model), found.model)


def _progress(at: Progress) -> Shown:
    key = "evaluate.doing" if at.done < at.of else "evaluate.scoring"
    status = say(key, strategy=strategy_called(at.strategy), done=at.done, of=at.of)
    return Shown(status=status, bar=progress_value(at.done, at.of))


def _beams(found: Report) -> Shown:
    return Shown(report=found, by_beam=results.beam_value(found), by_beam_table=results.beam_table(found))


def _stopped() -> Shown:
    return Shown(status=say("evaluate.stopped"), bar="")


def _without_beams(found: Report) -> Report:
    return Report(**{**vars(found), "by_beam": ()})
