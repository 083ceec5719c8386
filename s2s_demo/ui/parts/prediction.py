"""A question to the class before anything is shown: what is asked, what can be chosen, and then what was right.

A teacher's link asks it (`?ask=look&at=3`).  Until it is answered the answer is neither on the page nor in its data:
what is asked and what is right are made by two calls, and nothing else of the translation is sent.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict

import gradio as gr

from s2s_demo.decoding import Tree
from s2s_demo.errors import InputError
from s2s_demo.explain import Case, answer_look, answer_survivors, ask_look, ask_survivors
from s2s_demo.languages import language_of
from s2s_demo.serving.query import Question
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.classroom import QUESTION, count
from s2s_demo.ui.parts.handler import Visit
from s2s_demo.words import say, spoken

MOST_CHARACTERS = 500  # of what a teacher writes into a link


@dataclass(frozen=True)
class Asked:
    """What is asked of which question: sentence from 0, step from 1; `right` of `picks` were right so far."""

    question: Question
    kind: str
    sentence: int
    step: int
    right: int = 0
    picks: int = 0
    words: str = ""  # of a question that a teacher wrote


class Option(TypedDict):
    """What can be chosen: `text` after `before`, with what is known of it; `mark` is empty before the answer."""

    before: str
    text: str
    about: str
    mark: str


class PredictionPayload(TypedDict):
    """A question: choose `pick` of the options; `said` and `last` are what came of the one before it.

    `waits` says whether something is to be chosen; `language` is that of the options.
    """

    asked: str
    pick: int
    options: list[Option]
    said: str
    last: list[Option]
    waits: bool
    language: str


@dataclass(frozen=True)
class Answered:
    """What came of an answer: the options marked, a sentence, what is asked next where it `goes_on`."""

    options: list[Option]
    language: str
    said: str
    asked: Asked
    goes_on: bool = False


def prediction_view(elem_id: str) -> gr.HTML:
    """A question; `select` tells what was chosen: `{picked: [...]}`, numbers of options from 1."""
    return element("prediction", elem_id, '<div class="s2s-prediction" aria-live="polite"></div>')


def asked_from(parameters: Mapping[str, str], question: Question) -> Asked | None:
    """What an address asks before it shows; None where it asks nothing."""
    kind = parameters.get("ask", "")
    step = parameters.get("at", parameters.get("step", "1"))
    sentence = parameters.get("sentence", "1")
    numbers = [int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1 for text in (sentence, step)]
    words = parameters.get("q", "")[:MOST_CHARACTERS]
    return Asked(question, kind, numbers[0] - 1, numbers[1], words=words) if kind in KINDS else None


def prediction_value(visit: Visit, asked: Asked) -> str:
    """The value of a prediction_view; S2SError for what cannot be asked."""
    return safe_json(KINDS[asked.kind].ask(*searched(visit, asked), asked))


def answer_value(visit: Visit, asked: Asked, picked: object) -> tuple[str, Asked | None]:
    """The value of a prediction_view after an answer, and what is asked next; S2SError for what was no option."""
    numbers = [number for number in picked if type(number) is int] if isinstance(picked, list) else []
    if not numbers:
        raise InputError("prediction.none-picked")
    count(visit, QUESTION, numbers)
    case, tree = searched(visit, asked)
    came = KINDS[asked.kind].answer(case, tree, asked, numbers)
    shown = KINDS[asked.kind].ask(case, tree, came.asked) if came.goes_on else _payload(came.language)
    shown["said"], shown["last"] = came.said, came.options
    return safe_json(shown), came.asked if came.goes_on else None


def searched(visit: Visit, asked: Asked) -> tuple[Case, Tree]:
    """What a question is asked of: the sentence with its translation, and the whole search."""
    query = asked.question.query()
    sentences = visit.library.translate(query, visit.session).sentences
    sentence = sentences[asked.sentence if 0 <= asked.sentence < len(sentences) else 0]
    return Case.of(visit.library.get(query.model, visit.session), sentence, query.strategy), sentence.tree


# ---------------------------------------------------------------- kinds of questions


def _ask_look(case: Case, tree: Tree, asked: Asked) -> PredictionPayload:
    question = ask_look(case, asked.step)
    joiner = language_of(case.translator.target_language).joiner
    facts = {"word": question.word, "before": joiner.join(question.written) or "…"}
    options = [_option(word) for word in question.choices]
    return _payload(case.translator.source_language, say("prediction.look", **facts), 1, options)


def _answer_look(case: Case, tree: Tree, asked: Asked, picked: Sequence[int]) -> Answered:
    answer, words = answer_look(case, asked.step, picked[0]), [word.text for word in case.source_words]
    facts = {"word": words[answer.word - 1], "weight": answer.weight}
    own = {"picked": words[picked[0] - 1], "picked_weight": answer.picked_weight}
    said = say("prediction.look-right", **facts) if answer.right else say("prediction.look-wrong", **facts, **own)
    marks = {answer.word: "right"} if answer.right else {picked[0]: "wrong", answer.word: "missed"}
    options = [_option(word, mark=marks.get(number, "")) for number, word in enumerate(words, start=1)]
    return Answered(options, case.translator.source_language, said, asked)


def _ask_survivors(case: Case, tree: Tree, asked: Asked) -> PredictionPayload:
    question = ask_survivors(tree, asked.step)
    said = say("prediction.survivors", step=question.step, keep=question.keep, all=len(question.candidates))
    return _payload(case.translator.target_language, said, question.keep, _candidates(tree, asked.step, {}))


def _answer_survivors(case: Case, tree: Tree, asked: Asked, picked: Sequence[int]) -> Answered:
    answer = answer_survivors(tree, asked.step, picked[: ask_survivors(tree, asked.step).keep])
    marks = {number: mark for mark in ("right", "wrong", "missed") for number in getattr(answer, mark)}
    counted = replace(asked, right=asked.right + len(answer.right), picks=asked.picks + len(answer.survivors))
    said = say("prediction.survived", step=asked.step, right=len(answer.right), of=len(answer.survivors))
    return Answered(_candidates(tree, asked.step, marks), case.translator.target_language, said, counted)


def _answer_beam(case: Case, tree: Tree, asked: Asked, picked: Sequence[int]) -> Answered:
    """As for one step; then the next step is asked, until the search ends."""
    came = _answer_survivors(case, tree, asked, picked)
    counted = replace(came.asked, step=asked.step + 1)
    total = say("prediction.so-far", right=counted.right, of=counted.picks)
    return replace(came, said=f"{came.said} {total}", asked=counted, goes_on=asked.step < tree.nodes[-1].step)


def _ask_own(case: Case, tree: Tree, asked: Asked) -> PredictionPayload:
    """What a teacher wrote; a class answers aloud or on paper, and says so."""
    return _payload(spoken(), asked.words or say("prediction.own"), 1, [_option(say("prediction.own-guess"))])


def _answer_own(case: Case, tree: Tree, asked: Asked, picked: Sequence[int]) -> Answered:
    return Answered([], spoken(), say("prediction.own-look", question=asked.words or say("prediction.own")), asked)


def _candidates(tree: Tree, step: int, marks: Mapping[int, str]) -> list[Option]:
    return [
        _option(
            one.text[-1],
            before=one.beginning,
            about=say("prediction.sum", before=_signed(one.before), log_prob=_signed(one.log_prob)),
            mark=marks.get(number, ""),
        )
        for number, one in enumerate(ask_survivors(tree, step).candidates, start=1)
    ]


def _signed(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def _option(text: str, *, before: str = "", about: str = "", mark: str = "") -> Option:
    return Option(before=before, text=text, about=about, mark=mark)


def _payload(language: str, asked: str = "", pick: int = 0, options: Sequence[Option] = ()) -> PredictionPayload:
    code, waits = language_of(language).code, bool(options)
    return PredictionPayload(
        asked=asked, pick=pick, options=list(options), said="", last=[], waits=waits, language=code
    )


@dataclass(frozen=True)
class Kind:
    """A kind of question: how it is asked, and what comes of an answer."""

    ask: Callable[[Case, Tree, Asked], PredictionPayload]
    answer: Callable[[Case, Tree, Asked, Sequence[int]], Answered]


KINDS: dict[str, Kind] = {
    "look": Kind(_ask_look, _answer_look),
    "survivors": Kind(_ask_survivors, _answer_survivors),
    "beam": Kind(_ask_survivors, _answer_beam),
    "own": Kind(_ask_own, _answer_own),
}
