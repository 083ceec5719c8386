"""The lanes of tab Compare, a lane being a model and a strategy: what each wrote, and where it parts from the first."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypedDict

import gradio as gr

from s2s_demo.serving.names import language_name
from s2s_demo.serving.query import Query
from s2s_demo.text import EOS, SPECIAL, words_of
from s2s_demo.translation import strategy_called
from s2s_demo.translator import Translation, Translator
from s2s_demo.ui.compare import differences
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.picture import picture_of
from s2s_demo.ui.parts.plot import save_menu
from s2s_demo.views.picture import PicturePayload, picture_template
from s2s_demo.words import say


class LanePayload(TypedDict):
    """One lane: what it is called, what the model is, a note for each sentence, and all of its searches."""

    model: str
    strategy: str
    about: str
    notes: list[str]
    seconds: float
    picture: PicturePayload


class LanesPayload(TypedDict):
    """All lanes of a question; `nonce` tells one answer from the next."""

    lanes: list[LanePayload]
    nonce: int


@dataclass(frozen=True)
class Run:
    """What was asked of one lane, of which model, and its answer."""

    query: Query
    translator: Translator
    translation: Translation


def lanes_view(elem_id: str) -> gr.HTML:
    """The lanes, and below them the linked picture of the one that is chosen; the value comes from `lanes_value`."""
    words = {name: escape(say(f"compare.lanes.{name}")) for name in ("title", "how", "walk", "chosen")}
    return element("lanes", elem_id, _TEMPLATE.format(**words, picture=picture_template(save_menu())))


def lanes_value(runs: Sequence[Run], labels: Mapping[str, str]) -> str:
    """The value of a lanes_view; `labels` is what the models are called."""
    payload = LanesPayload(lanes=[_lane(runs, place, labels) for place in range(len(runs))], nonce=time.time_ns())
    return safe_json(payload)


def _lane(runs: Sequence[Run], place: int, labels: Mapping[str, str]) -> LanePayload:
    run = runs[place]
    return LanePayload(
        model=labels[run.query.model],
        strategy=strategy_called(run.translation.strategy),
        about=about(run.translator),
        notes=[_note(runs, place, number) for number in range(len(run.translation.sentences))],
        seconds=run.translation.seconds,
        picture=picture_of(run.translation),
    )


def about(translator: Translator) -> str:
    """A model's languages, size and kind of attention."""
    source, target = (language_name(code) for code in (translator.source_language, translator.target_language))
    looks, name = translator.model.looks, translator.model.config.attention.replace("_", " ")
    return say(
        "compare.about",
        pair=say("compare.pair", source=source, target=target) if source and target else "",
        millions=translator.model.parameter_count / 1e6,
        kind=say("compare.attention", what=name) if looks else say("compare.no-attention"),
    )


def words_in(run: Run, number: int) -> list[str]:
    """The words of the best hypothesis of a sentence; `<eos>` is none."""
    best = run.translation.sentences[number].best
    return [word.text for word in words_of([token for token in best.tokens if token != SPECIAL[EOS]])]


def _note(runs: Sequence[Run], place: int, number: int) -> str:
    if not place:
        return say("compare.note.first") if len(runs) > 1 else say("compare.note.alone")
    first, run = runs[0], runs[place]
    if run.translator.target_language != first.translator.target_language:
        return say("compare.note.other-language")
    if number >= len(first.translation.sentences):
        return ""
    totals = [one.translation.sentences[number].best.total_log_prob for one in (first, run)]
    liked = differences.preference(*totals) if run.translator is first.translator else ""
    return differences.describe(words_in(first, number), words_in(run, number)) + liked


_TEMPLATE = """
<div class="s2s-lanes" hidden>
  <div class="picture-sentences lanes-sentences" role="group" hidden></div>
  <section class="card lanes-card">
    <header><h2>{title}</h2><span class="help">{how}</span></header>
    <div class="lanes-stage" tabindex="0" role="group" aria-label="{walk}"></div>
    <p class="picture-line lanes-line is-empty" role="status" aria-live="polite"></p>
  </section>
  <p class="lanes-whole">{chosen} <b class="lanes-chosen"></b></p>
  <div class="lanes-picture">{picture}</div>
</div>"""
