"""Sentence pairs as padded tensors: nothing lost, nothing counted twice."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from s2s_demo.errors import InputError
from s2s_demo.text import BOS, EOS, PAD, Batch, bucket, pad

ENCODED = st.lists(
    st.tuples(st.lists(st.integers(4, 9), min_size=1, max_size=6), st.lists(st.integers(4, 9), max_size=8)),
    min_size=1,
    max_size=40,
)


@given(ENCODED)
def test_a_batch_holds_its_pairs_and_marks_real_tokens(pairs: list[tuple[list[int], list[int]]]) -> None:
    batch = Batch.of(pairs)
    for row, (source, target) in enumerate(pairs):
        assert batch.source[row][batch.source_mask[row]].tolist() == [*source, EOS]
        assert batch.target_in[row][batch.target_mask[row]].tolist() == [BOS, *target]
        assert batch.target_out[row][batch.target_mask[row]].tolist() == [*target, EOS]
    assert (batch.source[~batch.source_mask] == PAD).all()
    assert (batch.target_out[~batch.target_mask] == PAD).all()


def test_an_empty_batch_or_sentence_is_refused() -> None:
    for sequences in ([], [[4], []]):
        with pytest.raises(InputError):
            pad(sequences)


@given(ENCODED, st.integers(1, 60), st.integers(0, 99))
def test_buckets_hold_each_pair_once_and_keep_to_the_budget(
    pairs: list[tuple[list[int], list[int]]], tokens: int, seed: int
) -> None:
    batches = list(bucket(pairs, tokens, torch.Generator().manual_seed(seed)))
    assert sorted(i for batch in batches for i in batch) == list(range(len(pairs)))
    for batch in batches:
        assert len({len(pairs[i][0]) for i in batch}) == 1
        size = len(batch) * (1 + max(len(pairs[i][1]) for i in batch))
        assert size <= tokens or len(batch) == 1


def test_the_order_of_buckets_follows_the_seed() -> None:
    pairs = [([4] * (1 + i % 5), [5] * (i % 7)) for i in range(60)]
    orders = [list(bucket(pairs, 30, torch.Generator().manual_seed(seed))) for seed in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]
