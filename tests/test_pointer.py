"""The pointer: what it generates is the softmax, what it copies stands in the source, and it learns to choose."""

from dataclasses import replace

import pytest
import torch
from tiny import batch, model, opinionated, sources

from s2s_demo.decoding import Beam, Greedy, forced_log_probs, read_hypotheses, search
from s2s_demo.errors import SettingError
from s2s_demo.explain.walk import Twin
from s2s_demo.model import Look, ModelConfig, Seq2Seq, parameters_of
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.training.losses import LOSSES, Pass, gold_scores

LOOKING = [kind for kind in DECODERS if kind != "fixed"]


def pointing(seed: int = 1, **settings: object) -> Seq2Seq:
    return model(seed, pointer=True, **settings)


def set_to(made: Seq2Seq, p_gen: float) -> Seq2Seq:
    """The model whose pointer always says p_gen."""
    assert made.pointer is not None
    with torch.no_grad():
        made.pointer.switch.weight.zero_()
        made.pointer.switch.bias.fill_(float(torch.logit(torch.tensor(p_gen, dtype=torch.float64))))
    return made


def test_with_p_gen_1_it_is_the_plain_softmax() -> None:
    made, pairs = set_to(pointing(), 1.0), batch(2)
    features, look = made(pairs)
    expected = torch.log_softmax(made.output(features), dim=-1)
    torch.testing.assert_close(made.logits(features, look, pairs.source), expected)


@pytest.mark.parametrize("attention", [kind for kind, made in ATTENTIONS.items() if made.looks])
def test_with_p_gen_0_all_is_copied_from_the_source(attention: str) -> None:
    made, pairs = set_to(pointing(attention=attention), 0.0), batch(2, ((2, 4), (3, 2)))
    features, look = made(pairs)
    p = made.logits(features, look, pairs.source).exp()
    looks_somewhere = look.alignment.sum(dim=-1) > 0
    torch.testing.assert_close(p.sum(dim=-1)[looks_somewhere], torch.ones(int(looks_somewhere.sum())))
    for row, (source, mask) in enumerate(zip(pairs.source, pairs.source_mask, strict=True)):
        others = [word for word in range(p.shape[-1]) if word not in source[mask].tolist()]
        assert (p[row][:, others] < 1e-20).all()


def test_a_word_that_stands_twice_in_the_source_gets_both_weights() -> None:
    made = set_to(pointing(), 0.0)
    look = Look(
        torch.zeros(1, 1, 8), torch.tensor([[[0.25, 0.5, 0.25]]]), torch.zeros(1, 1, 3), p_gen=torch.zeros(1, 1)
    )
    p = made.logits(torch.zeros(1, 1, 8), look, torch.tensor([[5, 7, 5]])).exp()
    assert p[0, 0, [5, 7]].tolist() == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("decoder", LOOKING)
def test_steps_and_a_whole_target_agree_with_every_decoder(decoder: str) -> None:
    made, (source, mask) = pointing(decoder=decoder), sources(3, (4,))
    (trace,) = search(made, source, mask, Greedy(max_length=5))
    ids = [int(step.tokens[0]) for step in trace.steps]
    pairs = batch(0)
    pairs = type(pairs).of([(source[0, :-1].tolist(), ids[:-1] if ids[-1] == 3 else ids)])
    log_probs, _ = forced_log_probs(made, pairs)
    assert [float(step.log_probs[0]) for step in trace.steps] == pytest.approx(
        log_probs[0, : len(ids)].tolist(), abs=1e-5
    )
    assert all(step.p_gen is not None and 0 < float(step.p_gen[0]) < 1 for step in trace.steps)


def test_a_hypothesis_tells_p_gen_of_each_of_its_tokens() -> None:
    (trace,) = search(set_to(pointing(), 0.25), *sources(3, (4,)), Beam(size=2, max_length=5))
    best = read_hypotheses(trace, [str(i) for i in range(9)], lambda ids, _: "", 1, 5)[0]
    assert best.p_gen is not None
    assert best.p_gen.tolist() == pytest.approx([0.25] * len(best.tokens))


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_teaches_the_pointer(loss: str) -> None:
    made, pairs = pointing(), batch(2)
    noise = torch.Generator().manual_seed(1)
    features, look = made(pairs, noise)
    fitted = LOSSES[loss]().fitted([[4, 5]], 9)
    objective, plain = fitted(Pass(model=made, batch=pairs, features=features, look=look, noise=noise, smoothing=0.1))
    objective.backward()
    assert made.pointer is not None
    assert made.pointer.switch.weight.grad is not None
    assert made.pointer.switch.weight.grad.abs().sum() > 0
    assert float(plain) == pytest.approx(-float(gold_scores(made, features, look, pairs)[0].mean()), abs=1e-5)


def test_free_running_is_what_a_greedy_search_writes() -> None:
    made = opinionated(4, pointer=True)
    pairs = batch(2, ((3, 4),))
    free, look = made(pairs, None, 0.0)
    own = made.logits(free, look, pairs.source)[0].argmax(dim=-1)
    step = made.step(
        pairs.target_in[:, :1],
        made.start(made.encode(pairs.source, pairs.source_mask)),
        made.encode(pairs.source, pairs.source_mask),
    )
    assert int(step.logits[0, 0].argmax()) == int(own[0])


def test_a_watched_twin_computes_the_same() -> None:
    made, (source, mask) = pointing(), sources(3, (4,))
    tokens = torch.tensor([[2]])
    results = []
    for one in (made, Twin(made)):
        memory = one.encode(source, mask)
        results.append(one.step(tokens, one.start(memory), memory).logits)
    torch.testing.assert_close(*results)


def test_a_pointer_needs_something_that_looks_and_counts_its_weights() -> None:
    with pytest.raises(SettingError, match="a pointer copies from where the decoder looks"):
        ModelConfig(vocabulary_size=9, pointer=True, attention="none")
    made = pointing()
    assert made.parameter_count == parameters_of(made.config)
    assert made.parameter_count - 25 == parameters_of(replace(made.config, pointer=False))
