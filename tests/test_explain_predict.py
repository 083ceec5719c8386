"""Questions that are asked before anything is shown: what they say, what they keep, and what is right."""

import json
from dataclasses import fields

import pytest
from explain_cases import LOOKING, case_of, named
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TABLE, found, opinionated

from s2s_demo.decoding import Beam, Tree
from s2s_demo.errors import SettingError
from s2s_demo.explain import answer_look, answer_survivors, as_plain, ask_look, ask_survivors, step
from s2s_demo.explain.predict import Candidate


def tree_of(seed: int, size: int) -> Tree:
    return found(opinionated(seed, vocabulary_size=7), Beam(size=size, max_length=5))[0]


@settings(max_examples=15)
@given(st.integers(0, 999), st.integers(1, 4), st.integers(1, 3))
def test_the_survivors_are_those_of_the_search_and_the_sums_can_be_done_by_hand(seed, size, at):
    tree = tree_of(seed, size)
    at = min(at, tree.nodes[-1].step)
    question, answer = ask_survivors(tree, at), answer_survivors(tree, at, [])
    assert len(answer.survivors) == question.keep <= size
    totals = {number: one.before + one.log_prob for number, one in enumerate(question.candidates, start=1)}
    best = sorted(totals, key=lambda number: -totals[number])[: question.keep]
    assert sorted(best) == list(answer.survivors) == list(answer.missed)
    in_tree = [node.total_log_prob for node in tree.nodes if node.step == at]
    assert sorted(totals.values()) == pytest.approx(sorted(in_tree))


def test_a_question_says_nothing_of_its_answer():
    tree = tree_of(3, 3)
    question = ask_survivors(tree, 2)
    plain = json.dumps(as_plain(question))
    assert {field.name for field in fields(Candidate)} == {"text", "beginning", "log_prob", "before"}
    assert not any(word in plain for word in ("kept", "cut", "finished", "returned", "rank", "survivors"))
    assert [one.text for one in question.candidates] == sorted(one.text for one in question.candidates)


def test_picks_are_right_or_wrong_or_missed():
    tree, _ = found(TABLE, Beam(size=2, length_penalty=0))
    assert [one.text for one in ask_survivors(tree, 1).candidates] == [("3",), ("4",), ("5",)]
    answer = answer_survivors(tree, 1, [1, 2])
    assert (answer.survivors, answer.right, answer.wrong, answer.missed) == ((2, 3), (2,), (1,), (3,))


@pytest.mark.parametrize("family", LOOKING[::3], ids=named)
def test_the_word_that_was_looked_at_most_is_the_answer(family):
    case = case_of(**family)
    question = ask_look(case, 2)
    rows = [step(case, number).alignment for number in case.steps_of(2)]
    weights = [sum(row[list(word.positions)].sum() for row in rows) / len(rows) for word in case.source_words]
    most = weights.index(max(weights)) + 1
    answer = answer_look(case, 2, most)
    assert (answer.word, answer.right) == (most, True)
    assert answer.weight == answer.picked_weight == pytest.approx(max(weights), abs=1e-5)
    other = answer_look(case, 2, most % len(question.choices) + 1)
    assert not other.right
    assert question.choices == tuple(word.text for word in case.source_words)
    assert not any(isinstance(value, float) for value in vars(question).values())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: ask_survivors(tree_of(1, 2), 99), "step is 99"),
        (lambda: answer_survivors(tree_of(1, 2), 1, [0]), "there is no candidate 0; choose from 1 to"),
        (lambda: answer_look(case_of(decoder="luong", attention="dot"), 1, 0), "number of the source word is 0"),
        (lambda: ask_look(case_of(decoder="fixed", attention="none"), 1), "has no attention"),
    ],
)
def test_what_cannot_be_asked_is_refused(wrong, message):
    with pytest.raises(SettingError, match=message):
        wrong()
