"""Bytes always spell characters: in the rule, and in what searches write."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny import SENTENCES, opinionated, sources

from s2s_demo.decoding import Beam, Greedy, Sampling, Strategy, read_hypotheses, search
from s2s_demo.text import BOS, EOS, PAD, UNK, Tokenizer, Utf8

TOKENIZER = Tokenizer.train(SENTENCES, "bpe", 330)
PIECES = TOKENIZER.pieces
RULE = Utf8.of(PIECES)
FIRST_BYTE = PIECES.index("<0x00>")


def allowed(state: int, left: int) -> list[int]:
    """The pieces that may be written in a state, by the rule itself."""
    assert RULE
    log_probs = torch.zeros(1, 1, len(PIECES))
    RULE.forbid(log_probs, np.array([[state]]), np.array([left]))
    return torch.isfinite(log_probs[0, 0]).nonzero()[:, 0].tolist()


def after(state: int, token: int) -> int:
    assert RULE
    return int(RULE.after(np.array([[state]]), np.array([[token]])).item())


@given(st.text(max_size=8))
def test_every_text_can_be_spelt_in_bytes(text: str) -> None:
    state, spelt = 0, text.encode(errors="ignore")
    for byte in spelt:
        assert FIRST_BYTE + byte in allowed(state, 100)
        state = after(state, FIRST_BYTE + byte)
    assert EOS in allowed(state, 1)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_whatever_is_written_by_the_rule_spells_characters_and_can_be_ended_in_time(choices: list[int]) -> None:
    state, written = 0, b""
    for place, choice in enumerate(choices):
        left = len(choices) - place  # `<eos>` is the last of them
        ways = [i for i in allowed(state, left) if i not in (PAD, UNK, BOS, EOS)]
        token = ways[choice % len(ways)]
        written += bytes([token - FIRST_BYTE]) if token - FIRST_BYTE in range(256) else PIECES[token].encode()
        state = after(state, token)
    assert written.decode()  # strictly: a wrong byte raises
    assert EOS in allowed(state, 0)


@pytest.mark.parametrize(
    ("before", "can", "cannot"),
    [
        (b"", [0x41, 0xC3, 0xF4], [0x80, 0xBF, 0xC0, 0xC1, 0xF5, 0xFF]),
        (b"\xc3", [0x80, 0xBF], [0x41, 0xC3, 0xE0]),
        (b"\xe0", [0xA0, 0xBF], [0x80, 0x9F]),
        (b"\xed", [0x80, 0x9F], [0xA0]),
        (b"\xf0", [0x90], [0x8F]),
        (b"\xf4", [0x8F], [0x90]),
        (b"\xf0\x9f\x8d", [0x95], [0x41]),
    ],
)
def test_a_byte_may_only_continue_what_was_begun(before: bytes, can: list[int], cannot: list[int]) -> None:
    state = 0
    for byte in before:
        state = after(state, FIRST_BYTE + byte)
    found = allowed(state, 100)
    assert all(FIRST_BYTE + byte in found for byte in can)
    assert not any(FIRST_BYTE + byte in found for byte in cannot)
    assert (EOS in found) is (not before)


def test_a_vocabulary_without_bytes_needs_no_rule() -> None:
    assert Utf8.of(Tokenizer.train(SENTENCES, "char", 100).pieces) is None


@pytest.mark.parametrize("strategy", [Greedy(), Beam(size=4), Sampling(samples=5), Beam(size=3, max_length=5)])
def test_no_search_writes_half_a_character(strategy: Strategy) -> None:
    """A model that likes bytes, whatever came before, writes rubbish without the rule and characters with it."""
    rubbish = 0
    for seed in range(8):
        made = opinionated(seed, vocabulary_size=len(PIECES))
        with torch.no_grad():
            made.output.bias[FIRST_BYTE : FIRST_BYTE + 256] += 5
        source, mask = sources(seed, (4, 2), len(PIECES))
        for rule in (None, RULE):
            for trace in search(made, source, mask, strategy, rule):
                texts = [h.text for h in read_hypotheses(trace, PIECES, lambda ids, _: TOKENIZER.decode(ids), None, 5)]
                broken = sum("\ufffd" in text for text in texts)
                assert rule is None or not broken
                rubbish += broken
    assert rubbish > 0
