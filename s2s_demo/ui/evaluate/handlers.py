"""What happens on tab Evaluate: a run in steps, then looks at what it found."""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import gradio as gr

from s2s_demo.errors import InputError, S2SError, SettingError
from s2s_demo.evaluation import Progress, Report, TestSet, report, with_beams
from s2s_demo.languages import language_of
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Controls, Query
from s2s_demo.serving.visitors import Visitor
from s2s_demo.translator import Translator
from s2s_demo.ui import strings as common
from s2s_demo.ui.compare.handlers import calmly, heatmap_value, sentence_case, way_of
from s2s_demo.ui.evaluate import shown as evaluate_shown
from s2s_demo.ui.evaluate import strings
from s2s_demo.ui.evaluate.sets import MOST_BYTES, shipped, uploaded
from s2s_demo.ui.parts import shown
from s2s_demo.ui.parts.shown import View
from s2s_demo.ui.static import safe_json

log = logging.getLogger(__name__)

SETS = ("ours", "files")
RUNS_AT_ONCE = 1  # on this server; others wait, so that Translate stays quick
BREATH = 0.005  # seconds after each step in which other visitors' work gets the processor


class EvaluateShown(NamedTuple):
    """The outputs of every handler, named as the parts of the tab they go to."""

    message: Any = ""
    status: Any = gr.skip()
    bar: Any = gr.skip()
    report: Any = gr.skip()
    figures: Any = gr.skip()
    by_length: Any = gr.skip()
    by_length_table: Any = gr.skip()
    by_beam: Any = gr.skip()
    by_beam_table: Any = gr.skip()
    worst: Any = gr.skip()
    picked_title: Any = gr.skip()
    picked: Any = gr.skip()
    sentence: Any = gr.skip()
    heatmap: Any = gr.skip()
    number: Any = gr.skip()


class SetsShown(NamedTuple):
    """Which test sets a model has: the choices, and what is said of them."""

    test_set: Any = gr.skip()
    about_set: str = ""


@dataclass(frozen=True)
class Task:
    """The controls of the tab; anybody may have sent them, so they are checked when they are used."""

    model: str = ""
    test_set: str = "ours"
    source: str | None = None
    references: Sequence[str] | None = None
    strategy: str = "beam"
    beam_size: float = 5
    length_penalty: float = 0.75

    def query(self) -> Query:
        """Model and strategy; SettingError when one of them is impossible."""
        settings = {"beam_size": self.beam_size, "length_penalty": self.length_penalty}
        return Controls("", self.model, self.strategy, settings).query()

    def chosen_set(self, translator: Translator, visitor: Visitor) -> TestSet:
        """What to translate; files are those that the visitor brought."""
        if self.test_set not in SETS:
            raise SettingError(f"unknown test set {self.test_set!r}; choose from {', '.join(SETS)}")
        if self.test_set == "files":
            return uploaded(self.source, self.references, lambda path: visitor.content(path, MOST_BYTES))
        found = shipped(translator)
        if found is None:
            raise InputError(strings.NO_SET.format(what=_pair(translator)))
        return found


class EvaluateHandlers:
    """The handlers of tab Evaluate; they keep nothing, so one object serves every visitor."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def evaluate(self, task: Task, visitor: str | None = None) -> Iterator[EvaluateShown]:
        """Progress after every few sentences, then everything that was found."""

        def work() -> Iterator[EvaluateShown]:
            if not task.model:
                raise SettingError(strings.NO_MODEL)
            query, translator = task.query(), self.library.get(task.model, visitor)
            test_set = task.chosen_set(translator, self.library.visitors.of(visitor))
            for found in report(translator, task.model, test_set, query.strategy):
                yield _progress(found) if isinstance(found, Progress) else self._found(found, visitor)
                time.sleep(BREATH)

        yield from _calm_steps(work)

    def measure_beams(self, found: Report | None, visitor: str | None = None) -> Iterator[EvaluateShown]:
        """The figure of beam sizes grows point by point."""

        def work() -> Iterator[EvaluateShown]:
            if found is None:
                raise InputError(strings.NOTHING_YET)
            translator = self.library.get(found.model, visitor)
            for more in with_beams(translator, _without_beams(found)):
                yield _progress(more) if isinstance(more, Progress) else _beams(more)
                time.sleep(BREATH)
            yield EvaluateShown(status=evaluate_shown.done(found, self._label(found, visitor)), bar="")

        yield from _calm_steps(work)

    def look(self, found: Report | None, number: Any, sentence: Any = 0, visitor: str | None = None) -> EvaluateShown:
        """The attention of one sentence of the test set (`number`), or of its second, third... sentence."""
        if found is None or type(number) is not int or not 0 <= number < len(found.sentence_chrf):
            return EvaluateShown()
        place = sentence if type(sentence) is int else 0
        return calmly(lambda: self._picked(found, number, place, visitor), EvaluateShown)

    def select(self, found: Report | None, event: Mapping[str, Any], visitor: str | None = None) -> EvaluateShown:
        """A row of the worst sentences was selected."""
        return self.look(found, event.get("id"), 0, visitor)

    def export(self, kind: str, found: Report | None) -> tuple[str, str]:
        """A message, and a file for the browser to save (the value of a download_view)."""
        try:
            if found is None:
                raise InputError(strings.NOTHING_YET)
            file, mime, content = evaluate_shown.file_of(kind, found)
        except S2SError as error:
            return sentence_case(str(error)), ""
        return "", safe_json({"file": file, "type": mime, "content": content, "nonce": time.time_ns()})

    def sets_of(self, model: str, has_files: bool, visitor: str | None = None) -> SetsShown:
        """The test sets a model can be evaluated on; files that a visitor brought stay chosen."""
        return calmly(lambda: self._sets_of(model, has_files, visitor), lambda message: SetsShown(about_set=message))

    def _sets_of(self, model: str, has_files: bool, visitor: str | None) -> SetsShown:
        translator = self.library.get(model, visitor)
        found, files = shipped(translator), (strings.FILES, "files")
        if found is None:
            about = strings.NO_SET.format(what=_pair(translator))
            return SetsShown(gr.update(choices=[files], value="files"), about)
        ours = found.name == "everyday"
        name, about = (strings.OURS, strings.OURS_HELP) if ours else (strings.EXAMPLES, strings.EXAMPLES_HELP)
        about = about.format(sentences=len(found.sources), pair=_pair(translator), task=found.name)
        return SetsShown(gr.update(choices=[(name, "ours"), files], value="files" if has_files else "ours"), about)

    def _label(self, found: Report, visitor: str | None) -> str:
        return next((label for label, name in self.library.choices(visitor) if name == found.model), found.model)

    def _found(self, found: Report, visitor: str | None) -> EvaluateShown:
        worst = found.worst_first[0]
        return self._picked(found, worst, 0, visitor)._replace(
            status=evaluate_shown.done(found, self._label(found, visitor)),
            bar="",
            report=found,
            figures=evaluate_shown.figures_value(found),
            by_length=evaluate_shown.length_value(found),
            by_length_table=evaluate_shown.length_table(found),
            by_beam=evaluate_shown.beam_value(found),
            by_beam_table=evaluate_shown.beam_table(found),
        )

    def _picked(self, found: Report, number: int, sentence: int, visitor: str | None) -> EvaluateShown:
        query = Query(found.test_set.sources[number], found.model, found.strategy)
        translation = self.library.translate(query, visitor)
        one = shown.sentence_of(translation, View(sentence=sentence))
        choices = [(f"{i + 1}. {part.source.text}", i) for i, part in enumerate(translation.sentences)]
        return EvaluateShown(
            worst=evaluate_shown.worst_value(found, number),
            picked_title=strings.PICKED.format(number=number + 1, chrf=found.sentence_chrf[number]),
            picked=evaluate_shown.picked_value(found, number),
            sentence=gr.update(
                choices=choices, value=sentence if sentence < len(choices) else 0, visible=len(choices) > 1
            ),
            heatmap=heatmap_value(one, self.library.get(found.model, visitor), file_name=f"alignment-{number + 1}"),
            number=number,
        )


def _pair(translator: Translator) -> str:
    codes = (translator.source_language, translator.target_language)
    return " to ".join(language_of(code).name for code in codes) if all(codes) else strings.THIS_MODEL


def _calm_steps(work: Callable[[], Iterator[EvaluateShown]]) -> Iterator[EvaluateShown]:
    """The steps of `work`; a user's mistake ends them with a message, a bug with a message and a log entry."""
    try:
        yield from work()
    except S2SError as error:
        yield EvaluateShown(message=sentence_case(str(error)), status="", bar="")
    except Exception:
        log.exception("an evaluation failed")
        yield EvaluateShown(message=common.BUSY, status="", bar="")


def _progress(at: Progress) -> EvaluateShown:
    template = strings.DOING if at.done < at.of else strings.SCORING
    said = template.format(what=way_of(at.strategy), done=at.done, of=at.of)
    return EvaluateShown(status=said, bar=safe_json({"value": at.done, "max": at.of}))


def _beams(found: Report) -> EvaluateShown:
    return EvaluateShown(
        report=found, by_beam=evaluate_shown.beam_value(found), by_beam_table=evaluate_shown.beam_table(found)
    )


def _without_beams(found: Report) -> Report:
    return Report(**{**vars(found), "by_beam": ()})
