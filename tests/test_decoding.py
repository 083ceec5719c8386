from dataclasses import dataclass
from itertools import product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TABLE, A, B, TableModel, found, opinionated, sources
from torch import Tensor

from s2s_demo.decoding import (
    Beam,
    Greedy,
    Hypothesis,
    Sampling,
    Strategy,
    Tree,
    forced_log_probs,
    read_hypotheses,
    search,
)
from s2s_demo.decoding.beam import Beam as BeamClass
from s2s_demo.decoding.trace import Booleans, Floats, Integers
from s2s_demo.errors import SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.text import BOS, EOS, Batch
from s2s_demo.views.story import Story

SEEDS = st.integers(0, 10_000)
DECODERS = st.sampled_from(["gnmt", "luong", "bahdanau"])


def tokens(hypothesis: Hypothesis) -> list[int]:
    return [int(token) for token in hypothesis.tokens]


def priced(model: Seq2Seq, targets: list[list[int]], seed: int = 0) -> Tensor:
    """Σ log p of whole targets (without `<eos>`) for one source, by forced decoding: the oracle."""
    source = sources(seed, (3,), 7)[0][0, :-1].tolist()
    log_probs, _ = forced_log_probs(model, Batch.of([(source, target) for target in targets]))
    return log_probs.double().sum(dim=1)


# Oracles


@settings(max_examples=12)
@given(SEEDS, DECODERS, st.sampled_from([0.0, 0.6, 1.0, 2.0]))
def test_a_beam_as_wide_as_the_space_is_brute_force(seed: int, decoder: str, alpha: float) -> None:
    model = opinionated(seed, vocabulary_size=7, decoder=decoder)
    everything = [list(words) for length in range(4) for words in product((4, 5, 6), repeat=length)]
    scores = priced(model, everything) / torch.tensor([len(words) + 1.0 for words in everything]).double() ** alpha
    _, hypotheses = found(model, Beam(size=len(everything), length_penalty=alpha, max_length=4))
    assert len(hypotheses) == len(everything) == 40
    expected = sorted(zip(scores.tolist(), everything, strict=True), reverse=True)
    assert [h.score for h in hypotheses] == pytest.approx([score for score, _ in expected], abs=1e-5)
    assert tokens(hypotheses[0]) == [*expected[0][1], EOS]


@settings(max_examples=15)
@given(SEEDS, DECODERS)
def test_a_beam_of_one_is_greedy_is_the_free_running_model(seed: int, decoder: str) -> None:
    model = opinionated(seed, vocabulary_size=7, decoder=decoder)
    with torch.no_grad():
        model.output.bias[: BOS + 1] = -1e4  # words that a search never writes
    greedy, beam = (found(model, s)[1][0] for s in (Greedy(max_length=9), Beam(size=1, length_penalty=0, max_length=9)))
    assert greedy.tokens == beam.tokens
    assert greedy.total_log_prob == beam.total_log_prob
    source = sources(0, (3,), 7)[0][0, :-1].tolist()
    with torch.no_grad():
        features, look = model(Batch.of([(source, [4] * 8)]), None, 0.0)
    free = model.output(features)[0].argmax(dim=-1).tolist()[: len(greedy.tokens)]
    assert tokens(greedy)[:8] == free[:8]
    torch.testing.assert_close(torch.tensor(greedy.alignment), look.alignment[0, : len(free)], atol=1e-5, rtol=1e-5)


@settings(max_examples=20)
@given(
    SEEDS, DECODERS, st.sampled_from([Greedy(), Beam(size=4), Sampling(samples=3), Sampling(top_k=2, temperature=3)])
)
def test_every_path_costs_what_forced_decoding_says(seed: int, decoder: str, strategy: Strategy) -> None:
    model = opinionated(seed, vocabulary_size=7, decoder=decoder)
    tree, _ = found(model, strategy)
    source = sources(0, (3,), 7)[0][0, :-1].tolist()
    ends = [node for node in tree.nodes[1:] if node.status != "kept"]
    paths = [tree.path(node.id) for node in ends]
    log_probs, alignment = forced_log_probs(model, Batch.of([(source, [int(n.token) for n in path]) for path in paths]))
    for row, path in enumerate(paths):
        assert [node.log_prob for node in path] == pytest.approx(log_probs[row, : len(path)].tolist(), abs=1e-5)
        assert path[-1].total_log_prob == pytest.approx(float(log_probs[row, : len(path)].sum()), abs=1e-4)
        for t, node in enumerate(path):
            assert node.alignment == pytest.approx(alignment[row, t].numpy(), abs=1e-5)


@dataclass(frozen=True, kw_only=True)
class PatientBeam(BeamClass):
    """A beam that goes on until nothing is alive."""

    def is_done(self, best_finished: Floats, finished: Integers, totals: Floats, limits: Integers) -> Booleans:
        return Strategy.is_done(self, best_finished, finished, totals, limits)


@settings(max_examples=40)
@given(SEEDS, st.integers(1, 5), st.sampled_from([0.0, 0.75, 1.0, 3.0]))
def test_stopping_early_never_loses_the_best_hypothesis(seed: int, size: int, alpha: float) -> None:
    model = opinionated(seed, vocabulary_size=7)
    early = found(model, Beam(size=size, length_penalty=alpha, n_best=1))[1][0]
    late = found(model, PatientBeam(size=size, length_penalty=alpha, n_best=1))[1][0]
    assert early.tokens == late.tokens
    assert early.score == pytest.approx(late.score, abs=1e-6)


def test_stopping_early_saves_steps() -> None:
    model = opinionated(1, vocabulary_size=7)
    steps = [max(n.step for n in found(model, made(size=2, max_length=50))[0].nodes) for made in (Beam, PatientBeam)]
    assert steps[0] < steps[1]


# The example worked by hand (the table is in tiny.py)


def drawn(tree: Tree) -> list[tuple[str, float, int, str]]:
    """Each node as (path, probability of the path, rank, status)."""
    names = {str(A): "A", str(B): "B", str(EOS): "."}
    return [
        (
            "".join(names[n.token] for n in tree.path(node.id)),
            round(float(torch.tensor(node.total_log_prob).exp()), 4),
            node.rank,
            node.status,
        )
        for node in tree.nodes[1:]
    ]


def test_greedy_search_falls_for_the_likelier_beginning() -> None:
    tree, hypotheses = found(TABLE, Greedy())
    assert drawn(tree) == [
        ("A", 0.5, 1, "kept"),
        ("B", 0.4, 2, "cut"),
        (".", 0.1, 3, "cut"),
        ("A.", 0.2, 1, "returned"),
        ("AA", 0.175, 2, "cut"),
        ("AB", 0.125, 3, "cut"),
    ]
    assert [h.text for h in hypotheses] == [f"{A} {EOS}"]


def test_a_beam_of_two_finds_the_better_sentence() -> None:
    tree, hypotheses = found(TABLE, Beam(size=2, length_penalty=0))
    assert drawn(tree) == [
        ("A", 0.5, 1, "kept"),
        ("B", 0.4, 2, "kept"),
        (".", 0.1, 3, "cut"),
        ("B.", 0.36, 1, "returned"),
        ("A.", 0.2, 2, "finished"),
        ("AA", 0.175, 3, "cut"),
        ("AB", 0.125, 4, "cut"),
        ("BA", 0.024, 5, "cut"),
        ("BB", 0.016, 6, "cut"),
    ]
    assert [h.text for h in hypotheses] == [f"{B} {EOS}", f"{A} {EOS}"]


def test_a_cut_candidate_knows_by_how_much_it_missed() -> None:
    tree, hypotheses = found(TABLE, Beam(size=2, length_penalty=0))
    story = Story(tree, hypotheses, 2)
    by_path = {path: story.shortfall(node) for (path, *_), node in zip(drawn(tree), tree.nodes[1:], strict=True)}
    assert by_path["AA"] == pytest.approx(torch.tensor(0.2 / 0.175).log().item(), abs=1e-5)
    assert by_path["A."] is None
    assert by_path["B"] is None


def test_a_beam_of_three_stops_when_nothing_alive_can_win() -> None:
    tree, hypotheses = found(TABLE, Beam(size=3, length_penalty=0))
    assert [path for path, *_ in drawn(tree)] == ["A", "B", ".", "B.", "A.", "AA", "AB", "BA", "BB"]
    assert [(path, status) for path, _, _, status in drawn(tree) if status != "cut"] == [
        ("A", "kept"),
        ("B", "kept"),
        (".", "finished"),
        ("B.", "returned"),
        ("A.", "finished"),
        ("AA", "kept"),
    ]
    assert [round(float(torch.tensor(h.score).exp()), 4) for h in hypotheses] == [0.36, 0.2, 0.1]


def test_the_length_penalty_turns_the_balance_towards_longer_sentences() -> None:
    # ".": log .4 = -.916 over 1; "A.": log(.6 * .5) = -1.204 over 2^α, which is -.602 for α = 1
    table = TableModel.of({BOS: {A: 0.6, EOS: 0.4}, A: {EOS: 0.5, B: 0.5}}, 6)
    short, long = (found(table, Beam(size=2, length_penalty=alpha))[1][0] for alpha in (0, 1))
    assert tokens(short) == [EOS]
    assert tokens(long)[0] == A


def test_at_the_last_step_only_the_end_is_allowed() -> None:
    endless = TableModel.of({BOS: {A: 0.9, EOS: 0.1}, A: {A: 0.9, EOS: 0.1}}, 6)
    for strategy in (
        Greedy(max_length=3),
        Beam(size=2, max_length=3, length_penalty=3),
        Sampling(max_length=3, seed=3),
    ):
        assert all(len(h.tokens) <= 3 for h in found(endless, strategy)[1])
    assert tokens(found(endless, Greedy(max_length=3))[1][0]) == [A, A, EOS]


def test_without_a_limit_a_sentence_may_be_twice_its_source_and_ten_more() -> None:
    endless = TableModel.of({BOS: {A: 0.999, EOS: 0.001}, A: {A: 0.999, EOS: 0.001}}, 6)
    assert len(found(endless, Greedy(), words=4)[1][0].tokens) == 2 * 5 + 10


@pytest.mark.parametrize("strategy", [Greedy(), Beam(size=5), Sampling(samples=20)])
def test_words_that_no_translation_holds_are_never_written(strategy: Strategy) -> None:
    noisy = TableModel.of(
        {BOS: {0: 0.3, 1: 0.3, BOS: 0.3, A: 0.05, EOS: 0.05}, A: {0: 0.3, 1: 0.3, BOS: 0.3, EOS: 0.1}}, 6
    )
    tree, _ = found(noisy, strategy)
    assert {node.token for node in tree.nodes[1:]} <= {str(A), str(EOS)}


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda: Beam(size=0), "beam size is 0; it must lie between 1 and 100"),
        (lambda: Beam(length_penalty=-1), "length penalty"),
        (lambda: Beam(size=3, n_best=4), "n_best is 4; it must lie between 1 and 3"),
        (lambda: Greedy(max_length=0), "max_length"),
        (lambda: Sampling(temperature=0), "temperature is 0"),
        (lambda: Sampling(top_p=1.5), "top-p"),
        (lambda: Sampling(seed=-1), "seed"),
        (lambda: Sampling(samples=101), "number of samples"),
    ],
)
def test_settings_out_of_range_are_refused(made: object, message: str) -> None:
    with pytest.raises(SettingError, match=message):
        made()  # type: ignore[operator]


@pytest.mark.gpu
@pytest.mark.parametrize("strategy", [Greedy(), Beam(size=4), Sampling(samples=3)])
def test_a_search_on_the_gpu_finds_the_same(strategy: Strategy) -> None:
    model, (source, mask) = opinionated(3), sources(1, (3, 5))
    here = search(model, source, mask, strategy)
    there = search(model.to("cuda"), source.to("cuda"), mask.to("cuda"), strategy)
    for a, b in zip(here, there, strict=True):
        texts = [[h.text for h in read_hypotheses(t, "012345678", lambda ids, _: str(ids), None, 4)] for t in (a, b)]
        assert texts[0] == texts[1]
