"""Packed models: the same answers as the plain ones, never from weights that have changed since."""

import os
import platform
from copy import deepcopy
from unittest.mock import Mock, patch

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny import model, opinionated, sources
from torch import Tensor, nn

from s2s_demo.checkpoint import SHIPPED, load
from s2s_demo.decoding import Beam, Greedy, Sampling, Trace, forced_log_probs, read_tree, search
from s2s_demo.decoding.largest import largest
from s2s_demo.model import Seq2Seq, packs
from s2s_demo.model.attention import ATTENTIONS
from s2s_demo.model.decoders import DECODERS
from s2s_demo.model.packed import PackedLinear, PackedRecurrent, PackedSequences, freeze, pack
from s2s_demo.model.packs import can_pack, can_pack_bf16
from s2s_demo.model.recurrent import CELLS, Recurrent
from s2s_demo.reading import read_signal
from s2s_demo.serving.catalogue import examples
from s2s_demo.text import EOS, Batch, pad, pad_sources
from s2s_demo.training.loop import multiplies_bf16
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.sets import everyday

LONG = bool(os.environ.get("S2S_DEMO_LONG"))
NAMES = sorted(folder.parent.name for folder in SHIPPED.glob("*/config.json"))
STEP = ("tokens", "parents", "slots", "ranks", "finished", "possible")


def same_searches(ones: list[Trace], others: list[Trace]) -> bool:
    """Whether two lists of traces hold the same trees, with log-probabilities that agree to 5 digits."""
    for one, other in zip(ones, others, strict=True):
        if len(one.steps) != len(other.steps):
            return False
        for a, b in zip(one.steps, other.steps, strict=True):
            if not all(np.array_equal(getattr(a, name), getattr(b, name)) for name in STEP):
                return False
            np.testing.assert_allclose(a.log_probs[a.possible], b.log_probs[b.possible], atol=1e-4)
            np.testing.assert_allclose(a.alignment, b.alignment, atol=1e-4)
    return True


def kinds(made: Seq2Seq) -> set[type]:
    return {type(module) for module in made.modules()} & {PackedLinear, PackedRecurrent, PackedSequences}


@pytest.fixture
def everything_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "SMALLEST", 1)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="FBGEMM is for x86")
def test_this_pytorch_has_the_operations_that_a_packed_model_needs() -> None:
    assert can_pack(), "PyTorch moved FBGEMM's fp16 operations: searches still work, but three times slower"


# The same answers


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_model_packed_searches_exactly_as_plain(name: str) -> None:
    translator = load(SHIPPED / name, "cpu")
    texts = [*examples(translator.source_language, translator.card)[:2]]
    if LONG:
        texts = [*examples(translator.source_language, translator.card), *long_sample(translator)]
    rows = [
        read_signal(translator.signal, text).row if translator.signal else (*translator.tokenizer.encode(text), EOS)
        for text in texts
    ]
    twin, strategies = pack(translator.model), (Greedy(), Beam()) if LONG else (Beam(),)
    for start in range(0, len(rows), 32):
        source, mask = pad_sources(rows[start : start + 32])
        for strategy in strategies:
            found = (search(made, source, mask, strategy, translator.utf8) for made in (translator.model, twin))
            assert same_searches(*found)


def long_sample(translator: Translator) -> list[str]:
    if translator.made_task:
        return [pair.source for pair in translator.made_task.test()[:200]]
    test_set = everyday(translator.source_language, translator.target_language)
    return list(test_set.sources) if test_set else []


def test_every_sum_of_a_packed_search_is_that_of_forced_decoding() -> None:
    translator, worst = load("en-fr", "cpu"), 0.0
    ids = [*translator.tokenizer.encode("Two young women in red coats are walking slowly through the snow."), EOS]
    (trace,) = search(pack(translator.model), *pad([ids]), Beam(), translator.utf8)
    tree = read_tree(trace, [str(i) for i in range(len(translator.tokenizer))], len(ids))
    ends = [node for node in tree.nodes[1:] if node.status != "kept"]
    paths = [[int(node.token) for node in tree.path(end.id)] for end in ends]
    log_probs, _ = forced_log_probs(translator.model, Batch.of([(ids[:-1], path) for path in paths]))
    for end, path, row in zip(ends, paths, log_probs, strict=True):
        worst = max(worst, abs(end.total_log_prob - float(row[: len(path)].double().sum())))
    assert worst < 1e-4


@pytest.mark.usefixtures("everything_large")
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("decoder", DECODERS)
def test_every_cell_and_decoder_can_be_packed(cell: str, decoder: str) -> None:
    attention = "none" if decoder == "fixed" else "scaled_dot"
    layers = {"encoder_layers": 2, "decoder_layers": 2}
    made = freeze(opinionated(4, cell=cell, decoder=decoder, attention=attention, **layers))
    twin, (source, mask) = pack(made), sources(1, (3, 5, 5, 2))
    recurrent = {PackedRecurrent} if any(isinstance(module, Recurrent) for module in made.modules()) else set()
    assert kinds(twin) == {PackedLinear, *recurrent, *([PackedSequences] if cell != "rnn" else [])}
    for strategy in (Greedy(), Beam(size=4), Sampling(samples=3)):
        assert same_searches(search(made, source, mask, strategy), search(twin, source, mask, strategy))
        alone = search(twin, source[:1, :4], mask[:1, :4], strategy)
        assert same_searches(alone, search(made, source[:1, :4], mask[:1, :4], strategy))


@pytest.mark.usefixtures("everything_large")
@pytest.mark.parametrize("attention", ATTENTIONS)
def test_every_attention_can_be_packed(attention: str) -> None:
    made = freeze(opinionated(5, attention=attention, decoder="luong", input_feeding=True))
    found = (search(one, *sources(2, (4, 6)), Beam(size=4)) for one in (made, pack(made)))
    assert same_searches(*found)


@pytest.mark.skipif(not can_pack(), reason="needs FBGEMM")
def test_a_packed_row_is_the_same_whatever_else_is_in_the_batch() -> None:
    linear = freeze_layer(nn.Linear(300, 500))
    twin, x = PackedLinear(linear), torch.randn(70, 300, generator=torch.Generator().manual_seed(0))
    with torch.inference_mode():
        together = twin(x)
        assert not torch.equal(together, linear(x))  # it is another sum
        for rows in (1, 2, 5, 33):
            assert torch.equal(twin(x[:rows]), together[:rows])


@pytest.mark.skipif(not multiplies_bf16(torch.device("cpu")), reason="the processor has no bf16")
def test_in_bf16_packing_changes_no_number() -> None:
    assert can_pack_bf16(), "PyTorch moved oneDNN's packed product: bf16 still works, but a third slower"
    linear = nn.Linear(300, 500).to(torch.bfloat16).requires_grad_(False)
    twin, x = PackedLinear(linear), torch.randn(70, 300, generator=torch.Generator().manual_seed(0)).bfloat16()
    product = Mock(wraps=packs.product)
    with torch.inference_mode(), patch("s2s_demo.model.packed.product", product):
        for rows in (1, 5, 70):
            assert torch.equal(twin(x[:rows]), linear(x[:rows]))
    assert product.call_count == 3


# Weights that change


def freeze_layer(layer: nn.Linear) -> nn.Linear:
    with torch.no_grad():
        layer.weight.copy_(layer.weight.half())
    return layer.requires_grad_(False)


def halved_in_place(layer: nn.Linear) -> nn.Module:
    with torch.no_grad():
        layer.weight.mul_(0.5)
    return layer


def halved_as_data(layer: nn.Linear) -> nn.Module:
    layer.weight.data = layer.weight.data * 0.5
    return layer


def replaced(layer: nn.Linear) -> nn.Module:
    layer.weight = nn.Parameter(layer.weight * 0.5, requires_grad=False)
    return layer


def biased(layer: nn.Linear) -> nn.Module:
    with torch.inference_mode():
        layer.bias.add_(1)
    return layer


def learnt(layer: nn.Linear) -> nn.Module:
    layer.requires_grad_(True)
    layer(torch.ones(1, 300)).sum().backward()
    torch.optim.Adam(layer.parameters(), lr=1, fused=True).step()  # changes weights without counting versions up
    return layer


@pytest.mark.parametrize("change", [halved_in_place, halved_as_data, replaced, biased, learnt])
def test_weights_that_have_changed_are_never_taken_from_an_old_pack(change: object) -> None:
    layer = freeze_layer(nn.Linear(300, 500))
    twin, x = PackedLinear(layer), torch.ones(2, 300)
    with torch.inference_mode():
        before = twin(x)
    change(layer)  # type: ignore[operator]
    with torch.inference_mode():
        assert (before - layer(x)).abs().max() > 1e-2
        torch.testing.assert_close(twin(x), layer(x), atol=1e-5, rtol=1e-5)


def test_a_copy_changed_before_its_first_use_is_packed_anew() -> None:
    twin, x = PackedLinear(freeze_layer(nn.Linear(300, 500))), torch.ones(2, 300)
    with torch.inference_mode():
        twin(x)
    copy = deepcopy(twin)
    with torch.inference_mode():
        copy.plain.weight.mul_(0.5)
        torch.testing.assert_close(copy(x), copy.plain(x), atol=1e-5, rtol=1e-5)


@pytest.mark.usefixtures("everything_large")
def test_a_translator_never_answers_from_old_weights(translator: Translator) -> None:
    made = Translator(freeze(deepcopy(translator.model)), translator.tokenizer)
    text = "Two dogs run along the beach."
    made.translate(text, Greedy())
    with torch.no_grad():
        for weight in made.model.parameters():
            weight.copy_((weight * 1.5).half())
    changed = Translator(made.model, made.tokenizer)
    for one in (made, deepcopy(made)):
        assert same_searches(*([t.translate(text, Beam()).sentences[0].trace] for t in (one, changed)))


# The plain path


def plainly(layer: nn.Linear, x: Tensor) -> bool:
    """Whether a packed layer computes what the plain one does, to the last bit: it was not packed."""
    return torch.equal(PackedLinear(layer)(x), layer(x))


@pytest.mark.skipif(not can_pack(), reason="needs FBGEMM")
def test_only_what_fits_and_learns_no_more_is_packed() -> None:
    x = torch.randn(5, 400, generator=torch.Generator().manual_seed(1))
    fits, small, learns, whole, large = (freeze_layer(nn.Linear(400, size)) for size in (500, 200, 500, 500, 500))
    learns.requires_grad_(True)
    whole.weight.mul_(1 + 2**-14)  # fp16 does not hold these numbers
    large.weight[0, 0] = 70_000.0
    assert plainly(fits, x)  # gradients are on
    with torch.inference_mode():
        assert not plainly(fits, x)
        assert all(plainly(layer, x) for layer in (small, learns, whole, large))
        assert plainly(freeze_layer(nn.Linear(400, 500)), x)  # made in inference mode: nobody counts its changes


def test_without_fbgemm_everything_takes_its_plain_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packs, "can_pack", lambda: False)
    layer = freeze_layer(nn.Linear(400, 500))
    with torch.inference_mode():
        assert plainly(layer, torch.randn(5, 400))


def test_a_small_model_is_its_own_twin_in_all_but_name() -> None:
    assert not kinds(pack(freeze(model())))


def test_freezing_rounds_large_matrices_to_fp16_and_nothing_else() -> None:
    made = model(vocabulary_size=300, embedding_size=400, hidden_size=8, decoder="luong", tied=True)
    with torch.no_grad():
        made.encoder.bridge.weight[0, 0] = 1e5  # of a small matrix
    before = deepcopy(made.state_dict())
    freeze(made)
    for name, weight in made.state_dict().items():
        large = weight.dim() == 2 and weight.numel() >= 100_000
        assert torch.equal(weight, before[name].half().float() if large else before[name]), name
    assert made.output.weight is made.source_embedding.weight
    assert not any(weight.requires_grad for weight in made.parameters())


def test_a_matrix_too_large_in_value_is_not_rounded() -> None:
    made = model(vocabulary_size=300, embedding_size=400, hidden_size=8, decoder="luong")
    with torch.no_grad():
        made.output.weight[0, 0] = 1e5
    before = made.output.weight.clone()
    assert torch.equal(freeze(made).output.weight, before)


# Top-k in two rounds


@given(st.integers(0, 1000), st.integers(900, 3000), st.integers(1, 12))
def test_the_largest_in_two_rounds_are_the_largest(seed: int, size: int, count: int) -> None:
    scores = torch.randn(2, 3, size, generator=torch.Generator().manual_seed(seed))
    scores[..., ::7] = float("-inf")
    (values, places), (expected, where) = largest(scores, count), scores.topk(count)
    assert torch.equal(values, expected)
    assert torch.equal(places, where)
