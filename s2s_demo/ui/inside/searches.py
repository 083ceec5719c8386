"""Several searches of the sentence one above the other, and who is to blame that a reference was not written."""

from typing import TypedDict

import gradio as gr

from s2s_demo.explain import Lane, Lanes, Priced, Verdict
from s2s_demo.languages import language_of
from s2s_demo.ui.inside.reading import Reading
from s2s_demo.ui.parts.base import element, safe_json
from s2s_demo.ui.parts.strategies import strategy_name
from s2s_demo.words import say


class Cost(TypedDict):
    """A word and its log p."""

    text: str
    price: float


class Row(TypedDict):
    """What a search found; `differs_at` is its first word (from 1) that is not the first row's, 0 where all are.

    `proof` says how sure it is that nothing is better, and of a reference nothing is timed.
    """

    name: str
    words: list[Cost]
    differs_at: int
    total: float
    score: float
    milliseconds: float | None
    proof: str


class SearchesPayload(TypedDict):
    """The rows, none before somebody asks; `verdict` is empty without a reference."""

    rows: list[Row]
    alpha: float
    language: str
    reference: str
    verdict: str
    empty: str


def searches_view(elem_id: str) -> gr.HTML:
    """The searches; `select` tells that they are asked for: `{act: "searches", text}`."""
    return element("searches", elem_id, '<div class="s2s-searches" aria-live="polite"></div>')


def no_searches(reading: Reading) -> str:
    """The value of a searches_view that waits to be asked."""
    return safe_json(_payload(reading, [], "", None, None))


def searches_value(reading: Reading, reference: str) -> str:
    """The value of a searches_view; S2SError for a reference that the model cannot write."""
    return safe_json(searches_payload(reading, reference))


def searches_payload(reading: Reading, reference: str) -> SearchesPayload:
    """The searches, and where there is a reference the verdict on it."""
    judged = reading.verdict(reference) if reference else None
    found = reading.lanes
    rows = [_row(lane, found) for lane in found.lanes]
    return _payload(reading, [*rows, *([] if judged is None else [_wanted(judged)])], reference, judged, found)


def _payload(
    reading: Reading, rows: list[Row], reference: str, judged: Verdict | None, found: Lanes | None
) -> SearchesPayload:
    return SearchesPayload(
        rows=rows,
        alpha=found.alpha if found else 0.0,
        language=language_of(reading.case.translator.target_language).code,
        reference=reference,
        verdict=str(judged.said) if judged else "",
        empty=str(found.empty) if found else "",
    )


def _row(lane: Lane, lanes: Lanes) -> Row:
    exact = lane.proved is not None
    return Row(
        name=say("inside.searches.exact") if exact else strategy_name(lane.name),
        words=_words(lane.translation),
        differs_at=lane.differs_at or 0,
        total=lane.translation.total_log_prob,
        score=lane.score,
        milliseconds=lane.milliseconds,
        proof=_proof(lane, lanes) if exact else "",
    )


def _proof(lane: Lane, lanes: Lanes) -> str:
    if lane.proved:
        return say("inside.searches.proved", nodes=lane.nodes)
    return say("inside.searches.so-far", nodes=lane.nodes, most=lanes.most_nodes, seconds=lanes.most_seconds)


def _wanted(judged: Verdict) -> Row:
    return Row(
        name=say("inside.searches.reference"),
        words=_words(judged.reference),
        differs_at=0,
        total=judged.reference.total_log_prob,
        score=judged.reference_score,
        milliseconds=None,
        proof="",
    )


def _words(found: Priced) -> list[Cost]:
    return [Cost(text=word.text, price=word.log_prob) for word in found.words]
