"""What-ifs at their true price, and the laws that such prices keep."""

import numpy as np
import pytest
import torch
from explain_cases import EACH, FAMILY, LOOKING, case_of, named, written
from hypothesis import given, settings
from hypothesis import strategies as st

from s2s_demo.checkpoint import load
from s2s_demo.decoding import Beam, Greedy, Sampling, forced_log_probs
from s2s_demo.errors import InputError, S2SError, SettingError
from s2s_demo.explain import (
    EDITS,
    Case,
    Drop,
    Edit,
    Off,
    Shuffled,
    Uniform,
    Weigh,
    Write,
    edit_from,
    open_case,
    plain_edit,
    replay,
    step,
    what_if,
    would_look,
)
from s2s_demo.explain.edits import EditOfLooks
from s2s_demo.explain.walk import Walk, prices
from s2s_demo.text import EOS, Batch, Word

GNMT = {"decoder": "gnmt", "attention": "scaled_dot"}
STRATEGIES = [Greedy(max_length=8), Beam(size=3, max_length=8), Sampling(samples=2, max_length=8, seed=4)]


def forced_total(case: Case, ids: tuple[int, ...]) -> float:
    log_probs, _ = forced_log_probs(case.model, Batch.of([(case.source[:-1], ids[:-1])]))
    return float(log_probs.double().sum())


def ids_of(case: Case, tokens: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(case.translator.tokenizer.pieces.index(token) for token in tokens)


# Prices


@pytest.mark.parametrize("family", EACH, ids=named)
def test_a_price_is_the_sum_of_the_models_own_log_probs(family):
    case = case_of(**family)
    found = what_if(case, [Write(step=2, text="chien")])
    assert found.new.total_log_prob == pytest.approx(forced_total(case, ids_of(case, found.new.tokens)), abs=1e-5)
    assert found.old.total_log_prob == pytest.approx(forced_total(case, case.written), abs=1e-5)
    assert found.delta == pytest.approx(found.new.total_log_prob - found.old.total_log_prob, abs=1e-9)
    for side in (found.old, found.new):
        assert sum(word.log_prob for word in side.words) == pytest.approx(side.total_log_prob, abs=1e-5)
        assert [s for word in side.words for s in word.steps] == list(range(1, len(side.tokens) + 1))


@pytest.mark.parametrize("family", EACH, ids=named)
def test_an_edited_price_is_that_of_a_walk_under_the_edits(family):
    case, edits = case_of(**family), [Drop(source=1), *([Uniform(step=2)] if family["attention"] != "none" else [])]
    found = what_if(case, edits)
    assert found.new.edited_total_log_prob == pytest.approx(sum(w.edited_log_prob for w in found.new.words), abs=1e-5)
    assert found.new.edited_total_log_prob != pytest.approx(found.new.total_log_prob, abs=1e-4)
    assert found.edited_delta == pytest.approx(found.new.edited_total_log_prob - found.old.total_log_prob)


def test_words_stand_beside_those_in_whose_place_they_came():
    case = case_of(**GNMT)
    chosen = written(case, *case.translator.tokenizer.encode("un chat lit"))
    ids = [*case.translator.tokenizer.encode("un livre"), EOS]
    found = what_if(chosen, [Write(step=1, text="un livre"), Write(step=len(ids), piece="<eos>")])
    assert [(word.text, word.instead_of) for word in found.new.words] == [("un", 1), ("livre", None), ("<eos>", 4)]
    assert found.new.words[0].delta == pytest.approx(0, abs=1e-6)
    assert found.new.words[1].delta is None


# What changes nothing


@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.name)
@pytest.mark.parametrize("family", EACH, ids=named)
def test_a_what_if_that_changes_nothing_gives_the_same_translation_for_nothing(family, strategy):
    case = case_of(strategy=strategy, **family)
    pieces = case.translator.tokenizer.pieces
    edits: list[Edit] = [Write(step=place + 1, piece=pieces[token]) for place, token in enumerate(case.written[:3])]
    if case.model.looks:
        own = step(case, 1)
        weight = float(own.alignment[list(case.source_words[1].positions)].sum())
        edits.append(Weigh(step=1, source=2, weight=min(weight, 1)))
    found = what_if(case, edits)
    assert (found.changed, found.delta) == (False, 0)
    assert found.new.tokens == found.old.tokens
    assert found.edited_delta == pytest.approx(0, abs=1e-4)


@settings(max_examples=10)
@given(st.integers(0, 500), st.sampled_from(FAMILY))
def test_dropping_what_is_dropped_already_changes_nothing(seed, family):
    case = case_of(seed, **family)
    once, twice = (what_if(case, [Drop(source=1)] * times) for times in (1, 2))
    assert once.new == twice.new


@pytest.mark.parametrize("family", EACH, ids=named)
def test_a_dropped_word_is_neither_read_nor_looked_at(family):
    case = case_of(**family)
    dropped = torch.zeros_like(case.batch[1])
    dropped[0, 0] = True
    other = Case(case.translator, (5, *case.source[1:]), case.written, case.strategy)
    one, two = (Walk(each, None, dropped).to(len(case.written)) for each in (case, other))
    assert prices(one, case.written) == prices(two, case.written)
    assert all(float(at.seen.used.alignment[0, 0, 0]) == 0 for at in one)


def test_the_old_words_before_an_edit_stay():
    case = case_of(**GNMT)
    found = what_if(case, [Off(step=3)])
    assert found.new.tokens[:2] == found.old.tokens[:2]
    assert found.alignment[:2].sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert not found.alignment[2].any()


# Looks


def looked_at(edit: EditOfLooks, alignment: torch.Tensor, alive: torch.Tensor) -> torch.Tensor:
    words = tuple(Word(str(place), (place,)) for place in range(len(alive)))
    return edit.edited(alignment, alive, words, 1)


ROWS = st.lists(st.sampled_from([0.0, 0.001, 0.2, 1.0]), min_size=2, max_size=6).filter(any)


@given(ROWS, st.integers(1, 2), st.floats(0, 1), st.integers(0, 99))
def test_an_edited_row_sums_to_one_and_stays_on_words_that_are_there(row, source, weight, seed):
    alive = torch.ones(len(row) + 1, dtype=torch.bool)
    alive[-1] = False
    alignment = torch.tensor([[*row, 0.0]])
    alignment /= alignment.sum()
    for edit in (Weigh(source=source, weight=weight), Uniform(), Shuffled(seed=seed)):
        edited = looked_at(edit, alignment, alive)[0]
        assert float(edited.sum()) == pytest.approx(1, abs=1e-5)
        assert bool((edited >= 0).all())
        assert float(edited[-1]) == 0
    assert float(looked_at(Weigh(source=source, weight=weight), alignment, alive)[0, source - 1]) == pytest.approx(
        weight, abs=1e-6
    )


def test_the_others_keep_their_proportions_when_one_is_dragged():
    edited = looked_at(Weigh(source=1, weight=0.4), torch.tensor([[0.7, 0.2, 0.1]]), torch.ones(3, dtype=torch.bool))
    assert edited[0].tolist() == pytest.approx([0.4, 0.4, 0.2])


def test_a_shuffled_row_has_the_same_weights_and_the_same_seed_the_same_places():
    alignment, alive = torch.arange(8.0)[None], torch.ones(8, dtype=torch.bool)
    rows = [looked_at(Shuffled(seed=seed), alignment, alive)[0].tolist() for seed in (1, 1, 2)]
    assert rows[0] == rows[1] != rows[2]
    assert sorted(rows[0]) == alignment[0].tolist()


@pytest.mark.parametrize("family", LOOKING, ids=named)
def test_looking_elsewhere_in_the_whole_sentence_is_looking_elsewhere_at_each_step(family):
    case = case_of(**family)
    whole = what_if(case, [Uniform()])
    assert whole.alignment == pytest.approx(np.full(whole.alignment.shape, 1 / len(case.source)))


# Records


ONE_OF_EACH: list[Edit] = [
    *(Write(step=2, text="un chat"), Weigh(step=1, source=2, weight=0.5), Uniform(), Shuffled(step=3, seed=9)),
    *(Off(), Drop(source=2)),
]


def test_every_edit_survives_a_trip_as_plain_data():
    assert {edit.name for edit in ONE_OF_EACH} == set(EDITS)
    assert [edit_from(plain_edit(edit)) for edit in ONE_OF_EACH] == ONE_OF_EACH


def test_a_list_of_edits_replays():
    case = case_of(**GNMT)
    first, second = what_if(case, ONE_OF_EACH[:2]), what_if(case, ONE_OF_EACH[:2])
    assert first.new == second.new
    assert (first.alignment == second.alignment).all()
    after = replay(case, ONE_OF_EACH[:2])
    assert tuple(case.translator.tokenizer.pieces[token] for token in after.case.written) == first.new.tokens


@pytest.mark.parametrize(
    ("plain", "message"),
    [
        ("drop", "an edit is an object with a name, one of write, weigh"),
        ({"name": "stretch"}, "unknown edit 'stretch'; choose from write, weigh"),
        ({"name": "drop"}, "lacks the setting source"),
        ({"name": "drop", "source": "one"}, "source is 'one'; it must be a whole number"),
        ({"name": "uniform", "seed": 3}, "unknown setting seed"),
    ],
)
def test_data_that_is_no_edit_is_refused(plain, message):
    with pytest.raises(SettingError, match=message):
        edit_from(plain)


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (Write(step=99, text="un"), "step is 99"),
        (Write(step=1), "needs a text or a piece"),
        (Write(step=1, text=" "), "nothing to write"),
        (Write(step=1, piece="<unk>"), "has no piece “<unk>”"),
        (Write(step=1, piece="xyz"), "has no piece “xyz”"),
        (Write(step=1, text="un " * 99), "at most 8 tokens"),
        (Weigh(step=1, source=1, weight=1.5), "weight is 1.5"),
        (Weigh(step=1, source=99, weight=0.5), "number of the source word is 99"),
        (Drop(source=0), "number of the source word is 0"),
        (Shuffled(seed=-1), "seed is -1"),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused(edit, message):
    with pytest.raises(S2SError, match=message):
        what_if(case_of(**GNMT), [edit])


def test_a_sentence_keeps_at_least_one_word():
    case = case_of(**GNMT)
    with pytest.raises(SettingError, match="every word of the sentence is dropped"):
        what_if(case, [Drop(source=word) for word in range(1, len(case.source_words) + 1)])


def test_a_model_without_attention_has_no_look_to_change():
    with pytest.raises(SettingError, match="has no attention"):
        what_if(case_of(decoder="fixed", attention="none"), [Uniform()])
    with pytest.raises(SettingError, match="has no attention"):
        would_look(case_of(decoder="fixed", attention="none"), 1, text="un")


# What it would have to look at


@pytest.mark.parametrize("family", LOOKING, ids=named)
def test_a_wish_begins_at_the_models_own_look_and_makes_the_word_likelier(family):
    case = case_of(**family)
    found = would_look(case, 2, text="livre")
    own = what_if(case, [Write(step=2, text="livre")])
    count = len(found.pieces)
    assert found.own_log_prob == pytest.approx(sum(own.new.log_probs[1 : 1 + count]), abs=1e-4)
    assert found.found_log_prob > found.own_log_prob or not found.own.sum()  # a row of one place can be turned, too
    assert found.found.sum() == pytest.approx(found.own.sum(), abs=1e-5)
    assert found.moved == pytest.approx(np.abs(found.own - found.found).sum() / 2, abs=1e-5)
    assert found.divergence >= -1e-6


def test_a_wish_for_the_word_that_is_written_asks_for_nothing():
    case = case_of(strategy=Greedy(max_length=8), **GNMT)
    found = would_look(case, 1, piece=step(case, 1).likeliest[0].piece)
    assert (found.reached, found.gradient_steps, found.moved) == (True, 0, 0)


def test_a_shipped_model_looks_at_the_word_whose_translation_is_wished_for():
    case = open_case(load("en-fr", "cpu"), "A man reads and a woman sleeps.")
    at = next(place for place, word in enumerate(case.written_words, start=1) if word.text == "homme")
    found = would_look(case, case.step_of(at), text="femme")
    woman = next(word for word in case.source_words if word.text == "woman")
    assert found.reached
    assert found.found.argmax() in woman.positions


def test_a_shipped_model_pays_for_a_dropped_word():
    case = open_case(load("dates", "cpu"), "May 7th 2021")
    (day,) = (place for place, word in enumerate(case.source_words, start=1) if word.text == "7")
    found = what_if(case, [Drop(source=day)])
    assert found.old.text == "2021-05-07" != found.new.text
    assert found.delta < -2


def test_a_text_that_the_model_cannot_write_is_refused():
    with pytest.raises(InputError, match="cannot write"):
        what_if(open_case(load("dates", "cpu"), "May 3rd 2021"), [Write(step=1, text="é")])
