"""What happens on tab Compare: one sentence through several lanes, a lane being a model and a way to decode."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import gradio as gr

from s2s_demo.errors import S2SError, SettingError
from s2s_demo.languages import language_of
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Controls, Query
from s2s_demo.translator import SentenceTranslation, Translation, Translator
from s2s_demo.ui import strings as common
from s2s_demo.ui.compare import strings
from s2s_demo.ui.compare import words as compare_words
from s2s_demo.ui.parts import elements, shown, tables
from s2s_demo.ui.parts.shown import View
from s2s_demo.ui.static import safe_json
from s2s_demo.views.alignment_heatmap import alignment_heatmap
from s2s_demo.views.beam_tree import beam_tree

log = logging.getLogger(__name__)

MOST_LANES = 8  # on the page; all kinds of attention fit side by side
T = TypeVar("T")


@dataclass(frozen=True)
class Race:
    """The controls of the tab; anybody may have sent them, so `queries` checks them."""

    text: str = Controls.text
    models: Sequence[str] = ()
    ways: Sequence[str] = ("greedy", "beam", "sampling")
    beam_size: float = 5
    seed: float = 0

    def queries(self) -> list[Query]:
        """One for each lane, model by model; raises SettingError when there are none or too many."""
        order = {way: place for place, way in enumerate(strings.WAYS_LABELS)}
        models, ways = _distinct(self.models), sorted(_distinct(self.ways), key=lambda way: order.get(way, len(order)))
        if not models or not ways:
            raise SettingError(strings.NO_WAY if models else strings.NO_MODEL)
        lanes = len(models) * len(ways)
        if lanes > MOST_LANES:
            raise SettingError(
                strings.TOO_MANY.format(models=len(models), ways=len(ways), lanes=lanes, most=MOST_LANES)
            )
        settings = {"beam_size": self.beam_size, "seed": self.seed}
        return [Controls(self.text, model, way, settings).query() for model in models for way in ways]


class LaneShown(NamedTuple):
    """The parts of one lane; a lane without a title is not shown."""

    title: str = ""
    about: str = ""
    answer: str = ""
    note: str = ""
    heatmap: str = ""
    tree: str = ""


class Compared(NamedTuple):
    """The outputs of every handler; `lanes` are four."""

    message: Any = ""
    question: Any = gr.skip()  # the Race the lanes answer
    sentence: Any = gr.skip()
    lanes: Any = None

    def values(self) -> list[Any]:
        """One value for each component, lane after lane."""
        lanes = [gr.skip()] * (MOST_LANES * len(LaneShown._fields)) if self.lanes is None else _flat(self.lanes)
        return [self.message, self.question, self.sentence, *lanes]


@dataclass(frozen=True)
class _Lane:
    query: Query
    translator: Translator
    translation: Translation

    def sentence(self, view: View) -> SentenceTranslation:
        return shown.sentence_of(self.translation, view)


class CompareHandlers:
    """The handlers of tab Compare; they keep nothing, so one object serves every visitor."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def compare(self, race: Race, visitor: str | None = None) -> Compared:
        """A new question: all its lanes, and the pictures of its first sentence."""
        return calmly(lambda: self._show(race, 0, visitor, new=True), Compared)

    def look(self, race: Race | None, sentence: Any, visitor: str | None = None) -> Compared:
        """The same question, the pictures of another sentence."""
        if race is None or type(sentence) is not int:
            return Compared()
        return calmly(lambda: self._show(race, sentence, visitor, new=False), Compared)

    def select(self, race: Race | None, event: Mapping[str, Any], visitor: str | None = None) -> Compared:
        """A sentence of a translation was clicked."""
        return self.look(race, event.get("sentence"), visitor)

    def _show(self, race: Race, sentence: int, visitor: str | None, *, new: bool) -> Compared:
        view = View(sentence=sentence)
        lanes = [
            _Lane(query, self.library.get(query.model, visitor), self.library.translate(query, visitor))
            for query in race.queries()
        ]
        labels = {name: label for label, name in self.library.choices(visitor)}
        found = [_lane_shown(lanes, place, view, labels) for place in range(len(lanes))]
        return Compared(
            question=race if new else gr.skip(),
            sentence=_sentence_choices(lanes, view),
            lanes=[*found, *[LaneShown()] * (MOST_LANES - len(found))],
        )


def calmly(show: Callable[[], T], outputs: Callable[..., T]) -> T:
    """What `show` returns; a user's mistake becomes a message, a bug a message and a log entry."""
    try:
        return show()
    except S2SError as error:
        return outputs(message=sentence_case(str(error)))
    except Exception:
        log.exception("a handler failed")
        return outputs(message=common.BUSY)


def sentence_case(text: str) -> str:
    """An error's text as a sentence."""
    return f"{text[:1].upper()}{text[1:]}." if text[-1:].isalnum() else f"{text[:1].upper()}{text[1:]}"


def way_of(strategy: Mapping[str, Any]) -> str:
    """A strategy's settings in a few words."""
    if strategy["name"] == "beam":
        return strings.WAY_BEAM.format(size=strategy["size"])
    if strategy["name"] == "sampling":
        return strings.WAY_SAMPLING.format(seed=strategy["seed"])
    return strings.WAY_GREEDY


def heatmap_value(sentence: SentenceTranslation, translator: Translator, *, file_name: str) -> str:
    """The best hypothesis' alignment by words or letters, for a plotly_view; a sentence where the model never looks."""
    if not translator.model.looks:
        return elements.instead_of_figure(common.NO_ATTENTION)
    path, unit = shown.path_of(sentence, None), shown.unit_of(translator, "words")
    return elements.figure_value(
        alignment_heatmap(*path.heatmap(unit)),
        label=f"{common.WHERE}. {tables.alignment_text(path, unit)}",
        file_name=file_name,
        revision=sentence.source.text,
    )


def tree_value(translation: Translation, sentence: SentenceTranslation, *, file_name: str) -> str:
    """A sentence's search, for a plotly_view."""
    return elements.figure_value(
        beam_tree(sentence.tree, sentence.hypotheses, beam_size=shown.beam_size(translation)),
        label=common.TREE_SAID.format(nodes=len(sentence.tree.nodes) - 1, finished=len(sentence.hypotheses)),
        file_name=file_name,
        revision=sentence.source.text,
    )


def about_model(translator: Translator) -> str:
    """Its languages, size and kind of attention."""
    source, target = (language_of(code).name for code in (translator.source_language, translator.target_language))
    config = translator.model.config
    kind = strings.ATTENTION.format(name=config.attention.replace("_", " ")) if translator.model.looks else ""
    return strings.ABOUT_LANE.format(
        pair=strings.PAIR.format(source=source, target=target) if source and target else "",
        millions=f"{translator.model.parameter_count / 1e6:.1f}",
        kind=kind or strings.NO_ATTENTION,
    )


def _lane_shown(lanes: Sequence[_Lane], place: int, view: View, labels: Mapping[str, str]) -> LaneShown:
    lane = lanes[place]
    sentence = lane.sentence(view)
    return LaneShown(
        title=strings.LANE.format(model=labels[lane.query.model], way=way_of(lane.translation.strategy)),
        about=about_model(lane.translator),
        answer=safe_json(_answer(lanes, place, view)),
        note=_note(lanes, place, view),
        heatmap=heatmap_value(sentence, lane.translator, file_name=f"alignment-{place + 1}"),
        tree=tree_value(lane.translation, sentence, file_name=f"tree-{place + 1}"),
    )


def _answer(lanes: Sequence[_Lane], place: int, view: View) -> dict[str, Any]:
    """The lane's translation in words, the first that differs marked in each sentence."""
    lane = lanes[place]
    data: dict[str, Any] = shown.answer(lane.translation, view, lane.translator.target_language, {})
    data |= {"link": None, "hint": ""}
    for number, sentence in enumerate(data["sentences"]):
        at = compare_words.partings([_words(lanes[0], other, number) for other in lanes])[place]
        if at is not None and at < len(sentence["words"]):
            word = sentence["words"][at]
            word |= {"level": f"{word['level']} parts", "said": f"{strings.FIRST_DIFFERENCE}, {word['said']}"}
    return data


def _words(first: _Lane, lane: _Lane, number: int) -> list[str] | None:
    """The words of one sentence; None where they cannot be compared with those of the first lane."""
    same_language = lane.translator.target_language == first.translator.target_language
    if not same_language or number >= len(lane.translation.sentences):
        return None
    return [word.text for word in shown.answer_words(lane.translation.sentences[number])]


def _note(lanes: Sequence[_Lane], place: int, view: View) -> str:
    if not place:
        return strings.FIRST_LANE if len(lanes) > 1 else strings.ALONE
    first, lane = lanes[0], lanes[place]
    ours, mine = (_words(first, one, view.sentence) for one in (first, lane))
    if ours is None or mine is None:
        return strings.OTHER_LANGUAGE
    totals = [one.sentence(view).best.total_log_prob for one in (first, lane)]
    liked = compare_words.preference(*totals) if lane.translator is first.translator else ""
    return compare_words.describe(ours, mine) + liked


def _sentence_choices(lanes: Sequence[_Lane], view: View) -> Any:
    sentences = max((lane.translation.sentences for lane in lanes), key=len)
    choices = [(f"{i + 1}. {sentence.source.text}", i) for i, sentence in enumerate(sentences)]
    place = view.sentence if 0 <= view.sentence < len(choices) else 0
    return gr.update(choices=choices, value=place, visible=len(choices) > 1)


def _distinct(names: Any) -> list[str]:
    return list(dict.fromkeys(map(str, names))) if isinstance(names, (list, tuple)) else []


def _flat(lanes: Sequence[LaneShown]) -> list[str]:
    return [value for lane in lanes for value in lane]
