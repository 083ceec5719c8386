"""What a visitor's pairs make: a task that can be learnt, and limits told at once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pairs_cases import PAIRS, left_out, lines, read

from s2s_demo.live.judge import Judge
from s2s_demo.tasks.base import LONGEST_SEQUENCE
from s2s_demo.tasks.own_file import OwnFile
from s2s_demo.text import Pair, Tokenizer


@given(st.integers(20, 300), st.integers(0, 5))
@settings(max_examples=20)
def test_the_split_keeps_all_pairs_and_sources_apart(size: int, doubled: int) -> None:
    pairs = [Pair(f"number {i}", f"Zahl {i}") for i in range(size)] + [
        Pair(f"number {i}", f"Nummer {i}") for i in range(doubled)
    ]
    task = OwnFile(tuple(pairs))
    parts = [task.train(0, 1), task.val(), task.test()]
    assert sorted((p.source, p.target) for part in parts for p in part) == sorted((p.source, p.target) for p in pairs)
    sources = [{pair.source for pair in part} for part in parts]
    assert len(set.union(*sources)) == sum(map(len, sources))
    assert all(sources)
    assert len(sources[0]) >= 0.8 * size


def test_the_split_does_not_depend_on_the_order_of_rows() -> None:
    one, other = OwnFile(tuple(PAIRS)), OwnFile(tuple(PAIRS[::-1]))
    assert set(one.val()) == set(other.val())
    assert set(one.test()) == set(other.test())


def numbered(words: str, count: int) -> list[Pair]:
    listed = words.split()
    return [
        Pair(" ".join(listed[(i * k) % len(listed)] for k in range(1, 9)) + f" {i}", f"{i} {words}")
        for i in range(count)
    ]


@pytest.mark.parametrize(
    ("pairs", "kind"),
    [
        (PAIRS, "char"),
        (numbered("small friends walk together through many green fields every summer morning", 500), "bpe"),
        (
            [
                Pair("今天天气很好我们去公园散步吧" * 2 + str(i), str(i) + "明日は雨が降るでしょう" * 2)
                for i in range(300)
            ],
            "char",
        ),
        (numbered("small friends walk together through many green fields every summer morning", 60) + PAIRS, "char"),
        (numbered("small friends of " * 8 + "ours", 30) + PAIRS, "bpe"),
    ],
    ids=["short", "sentences", "unspaced", "few", "too long for characters"],
)
def test_the_tokenizer_suits_the_texts_and_can_be_learnt(pairs: list[Pair], kind: str) -> None:
    task = OwnFile(tuple(pairs))
    assert task.tokenizer[0] == kind
    texts = [text for pair in task.train(0, 1) for text in (pair.source, pair.target)]
    tokenizer = Tokenizer.train(texts, *task.tokenizer)
    assert all(tokenizer.decode(tokenizer.encode(text)) == text for text in texts)


LONG = [
    Pair(
        f"In the early morning the {i}. tired farmer walked slowly to the old mill.",
        f"Frühmorgens ging der {i}. müde Bauer ganz langsam zur alten Mühle hinüber.",
    )
    for i in range(100)
]
LONGER = [Pair(f"{pair.source} Then he went home again and slept.", pair.target) for pair in LONG]


@pytest.mark.parametrize(
    "pairs",
    [LONG, PAIRS[:30] + LONGER[:30], LONGER, [*PAIRS, *(Pair("x" * length, "y") for length in (99, 100, 130))]],
    ids=["74 characters", "half of them 110", "110", "99 and more"],
)
def test_what_was_accepted_is_trained_on_and_judged(tmp_path: Path, pairs: list[Pair]) -> None:
    found = read(tmp_path, lines(pairs=pairs))
    assert left_out(found) == [
        (row, f"the source has {len(pair.source) + 1} tokens (characters); at most 100 can be learnt")
        for row, pair in enumerate(pairs, start=1)
        if pair.source in ("x" * 130, "x" * 100)
    ]
    task = OwnFile(found.pairs)
    tokenizer = Tokenizer.train([t for p in task.train(0, 1) for t in (p.source, p.target)], *task.tokenizer)
    assert all(0 < len(tokenizer.encode(t)) <= LONGEST_SEQUENCE for p in found.pairs for t in (p.source, p.target))
    assert len(Judge(task, tokenizer).test_set.sources) == len(task.val())


def test_a_text_of_too_many_word_pieces_is_left_out_at_once(tmp_path: Path) -> None:
    odd = Pair("".join(chr(0x4E00 + (i * 7) % 5000) for i in range(200)), "strange")
    found = read(tmp_path, lines(pairs=[*LONGER, odd, *PAIRS]))
    assert [left.row for left in found.left_out] == [101]
    assert "tokens (word pieces); at most 100 can be learnt" in found.left_out[0].why
