"""Several searches of one sentence side by side, and a verdict: did the search fail, or the model?"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from s2s_demo.decoding import Beam, Exact, Greedy, Sampling, Strategy, best_path, exact_search, search
from s2s_demo.explain.case import Case, forced_case
from s2s_demo.explain.forced import forced_prices
from s2s_demo.explain.whatif import Priced, priced
from s2s_demo.words import Said

BEAM = Beam()
LANES: tuple[Strategy, ...] = (Greedy(), BEAM, Sampling())
SMOOTHING = 0.1  # the share of a target that label smoothing usually spreads over the vocabulary


@dataclass(frozen=True)
class Lane:
    """What one search found: Σ log p, its score Σ / L^α (one α for all lanes), and how long it took.

    `differs_at` is the first word (from 1) that is not the first lane's, None where all are.  An exact search also
    says whether its answer is `proved` the best, and how many beginnings (`nodes`) that took.
    """

    name: str
    translation: Priced
    score: float
    milliseconds: float
    differs_at: int | None = None
    proved: bool | None = None
    nodes: int | None = None


@dataclass(frozen=True)
class Lanes:
    """All searches of one sentence, and what bounded the exact one.

    `empty_log_prob` is the price of saying nothing, log P(`<eos>`) at step 1, and `empty` explains it: a model that was
    trained with label smoothing gives no piece less than about ln(ε/V), and a long sentence may cost more than that.
    """

    lanes: tuple[Lane, ...]
    alpha: float
    most_nodes: int
    most_seconds: float
    empty_log_prob: float
    empty: Said


@dataclass(frozen=True)
class Verdict:
    """Whether search or model is to blame that a reference was not written.

    `said` is the sentence; `margin` is the reference's score less that of what was written.
    """

    said: Said
    written: Priced
    reference: Priced
    written_score: float
    reference_score: float
    margin: float


def lanes(
    case: Case,
    strategies: Sequence[Strategy] | None = None,
    beam: Beam | None = None,
    *,
    most_nodes: int = 20_000,
    most_seconds: float = 1.0,
) -> Lanes:
    """Search with each strategy, then exactly, for the best by the beam's score.

    Where nothing else is asked these are `LANES`, the case's own strategy among them.
    """
    strategies = strategies or strategies_with(case.strategy)
    beam = beam or next((one for one in strategies if isinstance(one, Beam)), BEAM)
    found = []
    for strategy in strategies:
        started = time.perf_counter()
        (trace,) = search(case.packed, *case.batch, strategy, case.translator.utf8, case.text)
        ids, total, _ = best_path(trace, len(case.source))
        found.append(_lane(case, strategy.name, ids, total, beam.alpha, time.perf_counter() - started))
    exact = exact_search(
        case.packed, *case.batch, beam, case.translator.utf8, most_nodes=most_nodes, most_seconds=most_seconds
    )
    found.append(
        _lane(case, "exact", exact.tokens, exact.total_log_prob, beam.alpha, exact.seconds, exact.proved, exact.nodes)
    )
    empty = _empty(case, exact.empty_log_prob, max(lane.translation.total_log_prob for lane in found))
    return Lanes(_marked(found), beam.alpha, most_nodes, most_seconds, exact.empty_log_prob, empty)


def strategies_with(own: Strategy) -> tuple[Strategy, ...]:
    """`LANES` with a strategy in the place of its kind, else behind the others; exact search comes anyway."""
    lanes = tuple(own if one.name == own.name else one for one in LANES)
    return lanes if own in lanes or isinstance(own, Exact) else (*lanes, own)


def verdict(case: Case, reference: str) -> Verdict:
    """Force the model to write a reference, and compare its score with that of what the case's search wrote.

    If the model likes the reference better, the search missed it; if not, the model is wrong (or the reference is).
    """
    other = forced_case(case, reference)
    alpha = case.strategy.alpha
    own, forced = forced_prices(case, [case.written, other.written])
    written, wanted = priced(case, own, own), priced(other, forced, forced)
    scores = [one.total_log_prob / len(one.tokens) ** alpha for one in (written, wanted)]
    margin = scores[1] - scores[0]
    facts = {"margin": abs(margin), "written": scores[0], "reference": scores[1]}
    if other.written == case.written:
        said = Said("explain.verdict.same", facts)
    elif margin > 0:
        said = Said("explain.verdict.search", facts)
    else:
        said = Said("explain.verdict.model", facts)
    return Verdict(said, written, wanted, scores[0], scores[1], margin)


def _empty(case: Case, price: float, best: float) -> Said:
    """What saying nothing costs, beside what label smoothing leaves every piece, and the best that was found."""
    pieces = len(case.translator.tokenizer.pieces)
    facts = {"price": price, "best": best, "pieces": pieces, "floor": math.log(SMOOTHING / pieces)}
    return Said("explain.empty.wins", facts) if price > best else Said("explain.empty.loses", facts)


def _lane(
    case: Case,
    name: str,
    ids: Sequence[int],
    total: float,
    alpha: float,
    seconds: float,
    proved: bool | None = None,
    nodes: int | None = None,
) -> Lane:
    (own,) = forced_prices(case, [ids])
    return Lane(
        name, priced(case.writing(ids), own, own), total / len(ids) ** alpha, 1000 * seconds, None, proved, nodes
    )


def _marked(found: Sequence[Lane]) -> tuple[Lane, ...]:
    """The lanes with the first word at which each leaves the first lane."""
    first = [word.text for word in found[0].translation.words]
    marked = []
    for lane in found:
        words = [word.text for word in lane.translation.words]
        places = range(max(len(first), len(words)))
        at = next((place + 1 for place in places if first[place : place + 1] != words[place : place + 1]), None)
        marked.append(replace(lane, differs_at=at))
    return tuple(marked)
