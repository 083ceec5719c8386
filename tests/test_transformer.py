"""The Transformer against PyTorch's layers, and the convolutional encoder against its receptive field."""

from dataclasses import replace

import pytest
import torch
from tiny import batch, echo_tokenizer, model
from torch import Tensor, nn

from s2s_demo.decoding import Beam
from s2s_demo.errors import SettingError
from s2s_demo.model import Seq2Seq
from s2s_demo.model.attention.multi_head import MultiHead
from s2s_demo.model.decoders.transformer import TransformerDecoder
from s2s_demo.model.encoders.transformer import TransformerEncoder
from s2s_demo.model.sublayers import sinusoids
from s2s_demo.translator import Translator

SIZE, HEADS = 8, 4


def transformer(norm: str = "pre", layers: int = 2, **settings: object) -> Seq2Seq:
    own = {"norm": norm}
    return model(
        3,
        encoder="transformer",
        decoder="transformer",
        attention="multi_head",
        encoder_layers=layers,
        decoder_layers=layers,
        encoder_settings=own,
        decoder_settings=own,
        **settings,
    )


def heads_of(ours: MultiHead, name: str) -> dict[str, Tensor]:
    return {
        f"{name}.in_proj_weight": torch.cat([ours.query.weight, ours.memory.weight]),
        f"{name}.in_proj_bias": torch.cat([ours.query.bias, ours.memory.bias]),
        f"{name}.out_proj.weight": ours.output.weight,
        f"{name}.out_proj.bias": ours.output.bias,
    }


def others_of(layer: nn.Module) -> dict[str, Tensor]:
    think, steps = layer.think, layer.steps
    found = {f"linear{i}.{part}": getattr(think[at], part) for i, at in ((1, 0), (2, 2)) for part in ("weight", "bias")}
    return found | {
        f"norm{i}.{part}": getattr(step.norm, part) for i, step in enumerate(steps, 1) for part in ("weight", "bias")
    }


def shaken(made: Seq2Seq) -> Seq2Seq:
    """No weight at its first value: norms and biases count, too."""
    dice = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.add_(0.3 * torch.randn(parameter.shape, generator=dice))
    return made.requires_grad_(False)


THEIRS = {"d_model": SIZE, "nhead": HEADS, "dim_feedforward": 4 * SIZE, "dropout": 0.0, "batch_first": True}


@pytest.mark.parametrize("norm", ["pre", "post"])
def test_encoder_layers_are_pytorchs(norm: str) -> None:
    made, pairs = shaken(transformer(norm)), batch(3)
    encoder = made.encoder
    assert isinstance(encoder, TransformerEncoder)
    x = made.embed(made.source_embedding, pairs.source)
    x = x + sinusoids(x.shape[1], SIZE, x.device)
    for layer in encoder.layers:
        theirs = nn.TransformerEncoderLayer(**THEIRS, norm_first=norm == "pre")
        theirs.load_state_dict(heads_of(layer.itself, "self_attn") | others_of(layer))
        x = theirs(x, src_key_padding_mask=~pairs.source_mask)
    annotations = made.encode(pairs.source, pairs.source_mask).annotations
    real = pairs.source_mask
    torch.testing.assert_close(annotations[real], encoder.norm(x)[real], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("norm", ["pre", "post"])
def test_decoder_layers_are_pytorchs(norm: str) -> None:
    made, pairs = shaken(transformer(norm)), batch(3)
    decoder = made.decoder
    assert isinstance(decoder, TransformerDecoder)
    memory = made.encode(pairs.source, pairs.source_mask)
    x = made._scaled(pairs.target_in)
    x = x + sinusoids(x.shape[1], SIZE, x.device)
    future = torch.ones(x.shape[1], x.shape[1], dtype=torch.bool).triu(1)
    for layer, across in zip(decoder.layers, decoder.attention.layers, strict=True):
        theirs = nn.TransformerDecoderLayer(**THEIRS, norm_first=norm == "pre")
        state = heads_of(layer.itself, "self_attn") | heads_of(across, "multihead_attn") | others_of(layer)
        theirs.load_state_dict(state)
        x = theirs(x, memory.annotations, tgt_mask=future, memory_key_padding_mask=~memory.mask)
    torch.testing.assert_close(made(pairs)[0], decoder.norm(x), atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("attention", ["multi_head", "additive", "coverage", "local_m"])
def test_a_word_changes_nothing_before_it(attention: str) -> None:
    made, pairs = shaken(transformer().requires_grad_(False)), batch(3, ((3, 6), (5, 6)))
    made = shaken(model(3, decoder="transformer", decoder_layers=2, attention=attention))
    changed = pairs.target_in.clone()
    changed[:, 4] = (changed[:, 4] - 3) % 5 + 4
    before, after = made(pairs)[0], made(replace(pairs, target_in=changed))[0]
    torch.testing.assert_close(before[:, :4], after[:, :4])
    assert not torch.allclose(before[:, 4], after[:, 4])


def test_a_transformer_shows_the_heads_of_all_its_layers() -> None:
    made, pairs = transformer(), batch(3)
    _, look = made(pairs)
    assert look.heads is not None
    assert look.heads.shape == (2, 2 * HEADS, pairs.target_in.shape[1], pairs.source.shape[1])
    torch.testing.assert_close(look.alignment, look.heads.mean(dim=1))


def test_each_hypothesis_goes_on_from_its_own_words() -> None:
    made, pairs = shaken(transformer()), batch(3)
    memory = made.encode(pairs.source, pairs.source_mask)
    state = made.start(memory).select(torch.zeros(2, 2, dtype=torch.long))
    state = made.step(torch.tensor([[4, 5], [6, 7]]), state, memory).state.select(torch.tensor([[1, 0], [1, 1]]))
    kept = made.step(torch.tensor([[8, 8], [8, 8]]), state, memory)
    for row, words in enumerate(((5, 4), (7, 7))):
        for k, word in enumerate(words):
            alone = made.start(memory)
            for last in (word, 8):
                step = made.step(torch.full((2, 1), last), alone, memory)
                alone = step.state
            torch.testing.assert_close(kept.logits[row, k], step.logits[row, 0])
    assert kept.state.cache is not None
    assert kept.state.rows(torch.tensor([False, True])).cache.shape == (2, 1, 2, 2, 2 * SIZE)  # type: ignore[union-attr]


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_transformer_learns_from_its_own_words_too(share: float) -> None:
    made = transformer()
    features, _ = made(batch(3), torch.Generator().manual_seed(1), share)
    made.output(features).square().sum().backward()
    for name, parameter in made.decoder.named_parameters():
        assert parameter.grad is not None, name
        assert torch.isfinite(parameter.grad).all(), name


def test_waves_tell_places_apart_whatever_the_size() -> None:
    for size in (7, 8):
        waves = sinusoids(50, size, torch.device("cpu"))
        assert waves.shape == (50, size)
        assert torch.pdist(waves).min() > 0.1


# Convolutions


@pytest.mark.parametrize(("layers", "kernel"), [(1, 3), (2, 3), (2, 5), (3, 1)])
def test_a_convolutional_reader_sees_its_receptive_field_alone(layers: int, kernel: int) -> None:
    made = model(1, encoder="convolutional", encoder_layers=layers, encoder_settings={"kernel": kernel})
    x = torch.randn(1, 15, SIZE, requires_grad=True)
    annotations, _ = made.encoder(x, torch.ones(1, 15, dtype=torch.bool), None)
    (slope,) = torch.autograd.grad(annotations[0, 7].sum(), x)
    reach = layers * (kernel // 2)
    seen = slope[0].abs().sum(dim=-1) > 0
    assert seen.tolist() == [abs(place - 7) <= reach for place in range(15)]


def test_a_convolution_needs_a_middle() -> None:
    with pytest.raises(SettingError, match="a convolution of 4 places has no middle"):
        model(encoder="convolutional", encoder_settings={"kernel": 4})


def test_the_same_word_is_another_at_another_place() -> None:
    made = model(1, encoder="convolutional", encoder_settings={"kernel": 1})
    source = torch.tensor([[5, 5, 5]])
    annotations = made.encode(source, torch.ones_like(source, dtype=torch.bool)).annotations[0]
    assert torch.pdist(annotations).min() > 1e-3


def test_the_maps_of_self_attention_see_every_word_and_no_padding_and_nothing_that_comes_later() -> None:
    made, pairs = model(1, encoder="transformer", decoder="transformer", encoder_layers=2, decoder_layers=3), batch(3)
    read, written = made.self_attention(pairs)
    assert read is not None
    assert written is not None
    places, words = pairs.source.shape[1], pairs.target_in.shape[1]
    assert read.shape == (2, 2, 4, places, places)
    assert written.shape == (3, 2, 4, words, words)
    for maps in (read, written):
        torch.testing.assert_close(maps.sum(dim=-1), torch.ones(maps.shape[:-1]))
    for row, mask in enumerate(pairs.source_mask):
        assert (read[:, row][..., ~mask] == 0).all()
    assert (written.triu(1) == 0).all()


def test_a_recurrent_model_has_no_self_attention_to_show() -> None:
    assert model(1).self_attention(batch(3)) == (None, None)


def test_the_answer_tells_the_maps_of_several_heads_whose_mean_is_the_alignment() -> None:
    tokenizer = echo_tokenizer()
    heads = model(1, vocabulary_size=len(tokenizer), attention="multi_head")
    (sentence,) = Translator(heads, tokenizer).translate("ab", Beam(size=2)).to_json()["sentences"]
    for hypothesis in sentence["hypotheses"]:
        mean = torch.tensor(hypothesis["heads"]).mean(dim=0)
        torch.testing.assert_close(mean, torch.tensor(hypothesis["alignment"]), atol=1e-5, rtol=0)
        assert "p_gen" not in hypothesis
