"""What happens on tab Evaluate: a run in steps, then looks at what it found."""

import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.errors import InputError
from s2s_demo.evaluation import Progress, Report, TestSet, report, with_beams
from s2s_demo.serving.query import Query
from s2s_demo.translation import strategy_called
from s2s_demo.ui.evaluate import results
from s2s_demo.ui.evaluate.cards import from_cards, overview_value
from s2s_demo.ui.evaluate.form import Form, pair_of
from s2s_demo.ui.evaluate.sets import shipped
from s2s_demo.ui.evaluate.shown import Exported, Opened, Sets, Shown, Waiting
from s2s_demo.ui.parts.download import file_value
from s2s_demo.ui.parts.handler import Visit, calmly, handler, steps
from s2s_demo.ui.parts.picture import picture_of, picture_value
from s2s_demo.ui.parts.progress import progress_value
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
def on_open(visit: Visit, model: str, source: str | None, opened: str) -> Opened:
    """The tab is opened: the visitor may own other models by now; what is shown already stays."""
    choices = gr.update(choices=visit.library.choices(visit.session))
    return (Opened() if opened == model else _opened(visit, model, bool(source)))._replace(model=choices)


@handler(Opened.saying)
def on_model(visit: Visit, model: str, source: str | None) -> Opened:
    """Another model: its test sets, and the figures of its card; files that a visitor brought stay chosen."""
    return _opened(visit, model, bool(source))


@steps(Shown.unmeasured)
def on_glance(visit: Visit, glance: int, *values: Any) -> Iterator[Shown]:
    """The worst sentences of the model shown, measured in the background; nothing where its turn is 0."""
    nothing = Shown(message=gr.skip())
    if not glance:
        yield nothing
    else:
        yield from visit.visitor.turns(PLACE).steps(glance, _glanced(visit, Form.of(*values)), nothing)


@handler(Shown.saying)
def on_row(visit: Visit, event: gr.EventData, found: Report | None) -> Shown:
    """A row of the worst sentences was selected; what the browser sends is checked."""
    return _looked(visit, found, event._data.get("id"))


@handler(Exported.saying)
def on_export(visit: Visit, kind: str, found: Report | None) -> Exported:
    """A file to take home."""
    if found is None:
        raise InputError("evaluate.nothing-yet")
    return Exported(download=file_value(results.file_of(kind, found)))


def _opened(visit: Visit, model: str, has_files: bool) -> Opened:
    """A model's test sets and card, and a turn to look for its worst sentences, if there are any to translate."""
    sets = calmly(Sets.saying, partial(_sets_of, visit, model, has_files))
    shown = calmly(Shown.saying, partial(_card_of, visit, model))
    turn = visit.visitor.turns(PLACE).take()
    return Opened(opened=model, glance=turn, sets=sets, shown=shown)


def _card_of(visit: Visit, model: str) -> Shown:
    translator = visit.library.get(model, visit.session)
    waiting = say("evaluate.looking") if shipped(translator) else ""
    return from_cards(visit.library.entries(visit.session), model, translator)._replace(worst_about=waiting)


def _glanced(visit: Visit, asked: Form) -> Iterator[Shown]:
    """What is shipped, whatever test set is chosen: quick, without intervals; the card's figures stay."""
    translator = visit.library.get(asked.model, visit.session)
    test_set = shipped(translator)
    if test_set is None:
        return
    query = asked.query()
    for found in report(translator, query.model, test_set, query.strategy, thorough=False):
        if isinstance(found, Progress):
            yield Shown(message=gr.skip(), worst_about=_doing(found))
        else:
            yield _worst(visit, found)._replace(message=gr.skip())
        time.sleep(BREATH)


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
    yield Shown(status=results.done(found), bar="")


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
    """What was measured now, in place of what the card says."""
    translator = visit.library.get(found.model, visit.session)
    now = say("evaluate.now", test_set=results.set_called(found))
    return _worst(visit, found)._replace(
        status=results.done(found),
        bar="",
        overview=overview_value(visit.library.entries(visit.session), found.model, translator, found),
        by_length_about=now,
        by_length=results.length_value(found),
        by_length_table=results.length_table(found),
        by_beam_about=now if found.by_beam else say("evaluate.beams-help"),
        by_beam=results.beam_value(found),
        by_beam_table=results.beam_table(found),
        numbers=results.numbers_line(found.evaluation),
        figures=results.figures_value(found),
    )


def _worst(visit: Visit, found: Report) -> Shown:
    """The worst sentences of a report, the first of them picked."""
    about = say(
        "evaluate.worst-about",
        sentences=found.evaluation.sentences,
        test_set=results.set_called(found),
        seconds=found.evaluation.seconds,
    )
    return _picked(visit, found, found.worst_first[0])._replace(report=found, worst_about=about)


def _looked(visit: Visit, found: Report | None, number: Any) -> Shown:
    """One sentence of the test set; nothing changes where there is no such sentence."""
    if found is None or type(number) is not int or not 0 <= number < len(found.sentence_chrf):
        return Shown()
    return _picked(visit, found, number)


def _picked(visit: Visit, found: Report, number: int) -> Shown:
    query = Query(found.test_set.sources[number], found.model, found.strategy)
    translation = visit.library.translate(query, visit.session)
    return Shown(
        worst=results.worst_value(found, number),
        picked_title=say("evaluate.picked", number=number + 1, chrf=found.sentence_chrf[number]),
        picked=results.references_of(found, number),
        picture=picture_value(picture_of(translation)),
    )


def _progress(at: Progress) -> Shown:
    return Shown(status=_doing(at), bar=progress_value(at.done, at.of))


def _doing(at: Progress) -> str:
    key = "evaluate.doing" if at.done < at.of else "evaluate.scoring"
    return say(key, strategy=strategy_called(at.strategy), done=at.done, of=at.of)


def _beams(found: Report) -> Shown:
    about = say("evaluate.now", test_set=results.set_called(found))
    return Shown(
        report=found, by_beam_about=about, by_beam=results.beam_value(found), by_beam_table=results.beam_table(found)
    )


def _stopped() -> Shown:
    return Shown(status=say("evaluate.stopped"), bar="")


def _without_beams(found: Report) -> Report:
    return Report(**{**vars(found), "by_beam": ()})
