"""How alignments are judged: worked examples, closed forms, and the gold pairs themselves."""

import json
from math import log

import numpy as np
import pytest
from tiny import SENTENCES, Echo, echo_tokenizer, model

from s2s_demo.alignment import (
    GoldPair,
    WordAlignment,
    alignment_error_rate,
    alignment_quality,
    forced_alignments,
    gold,
    gold_for,
    linked_words_right,
    read_gold,
)
from s2s_demo.alignment.words import is_punctuation
from s2s_demo.card import save_measured
from s2s_demo.checkpoint import save_checkpoint
from s2s_demo.cli import main
from s2s_demo.commands import alignment as command
from s2s_demo.decoding import forced_log_probs
from s2s_demo.errors import DataError, SettingError
from s2s_demo.tasks import TASKS
from s2s_demo.text import Batch, Pair, Tokenizer, by_word, split_words, words_of
from s2s_demo.translator import Translator

PAIRS = [Pair(SENTENCES[0], SENTENCES[5]), Pair(SENTENCES[1], SENTENCES[6]), Pair("A child!", "Un enfant !")]


# --- measures


def sheet(weights, source=("un", "chat", "."), target=("a", "cat", ".")):
    return WordAlignment(tuple(source), tuple(target), np.array(weights, dtype=float))


DIAGONAL = {(0, 0), (1, 1), (2, 2)}


def test_a_perfect_alignment_has_perfect_scores():
    found = alignment_quality([sheet(np.eye(3, 4))], [DIAGONAL])
    assert (found.argmax, found.within_one, found.mass, found.entropy, found.shift) == (1, 1, 1, 0, 0)
    assert (found.sentences, found.words, found.linked) == (1, 3, 3)
    assert found.mass_on_eos == found.mass_on_punctuation == 0


def test_an_alignment_worked_out_by_hand():
    weights = [[0.6, 0.2, 0.1, 0.1], [0.5, 0.5 - 1e-9, 0, 1e-9], [0, 0, 0.25, 0.75]]
    found = alignment_quality([sheet(weights)], [DIAGONAL - {(0, 0)}])
    assert found.linked == 2  # "cat" and "."; "cat" looks one word aside, "." looks at <eos>
    assert found.argmax == 0
    assert found.within_one == 0.5  # <eos> is not a neighbour of "."
    assert found.mass == pytest.approx((0.5 + 0.25) / 2)
    assert found.mass_on_eos == pytest.approx(0.85 / 3)
    assert found.mass_on_punctuation == pytest.approx(0.1 / 2)  # in the rows of "a" and "cat"
    rows = [-sum(p * log(p) for p in row if p) for row in weights]
    assert found.entropy == pytest.approx(sum(rows) / 3, abs=1e-6)


@pytest.mark.parametrize("words", [1, 3, 9])
def test_the_entropy_of_an_even_alignment_is_the_log_of_its_columns(words):
    even = sheet(np.full((2, words + 1), 1 / (words + 1)), [f"w{i}" for i in range(words)], ["a", "b"])
    found = alignment_quality([even], [{(0, 0)}])
    assert found.entropy == pytest.approx(log(words + 1))
    assert found.mass == found.mass_on_eos == pytest.approx(1 / (words + 1))


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_rows_that_are_one_word_off_are_found_out(shift):
    words = [f"w{i}" for i in range(8)]
    weights = np.eye(8, 9)
    wrong = sheet(np.roll(weights, -shift, axis=0), words, words)
    assert alignment_quality([wrong], [{(i, i) for i in range(8)}]).shift == shift


def test_a_word_with_two_links_is_right_at_either():
    found = alignment_quality([sheet([[0.3, 0.5, 0.1, 0.1]], target=["a"])], [{(0, 0), (1, 0)}])
    assert found.argmax == 1
    assert found.mass == pytest.approx(0.8)


def test_nothing_linked_is_nothing_to_measure():
    with pytest.raises(DataError, match="none of the words"):
        alignment_quality([sheet(np.eye(3, 4))], [set()])
    with pytest.raises(DataError, match="none of the words"):
        alignment_quality([], [])


def gold_pair(sure, possible):
    return GoldPair(Pair("", ""), frozenset(sure), frozenset(sure) | frozenset(possible))


def test_the_alignment_error_rate_by_hand():
    # A: two sure links, one possible, one wrong; S: three. 1 - (2 + 3) / (4 + 3)
    entry = gold_pair({(0, 0), (1, 1), (2, 2)}, {(3, 3)})
    assert alignment_error_rate([{(0, 0), (1, 1), (3, 3), (4, 4)}], [entry]) == pytest.approx(2 / 7)
    assert alignment_error_rate([set(entry.sure)], [entry]) == 0  # possible links may be drawn or not
    assert alignment_error_rate([set(entry.possible)], [entry]) == 0
    assert alignment_error_rate([{(9, 9)}], [entry]) == 1


def test_how_many_of_the_linked_words_people_link_alike_by_hand():
    entry = gold_pair({(0, 0), (1, 1)}, {(3, 2)})
    links = {(0, 0), (2, 0), (2, 1), (3, 2), (4, 4)}  # right, wrong, right, wrong: a word may have a wrong link beside
    assert linked_words_right([links, {(0, 0)}], [entry, entry]) == 3 / 5
    with pytest.raises(DataError, match="none of the words of 1 sentence pairs"):
        linked_words_right([set()], [entry])


def test_links_leave_out_words_that_look_at_the_end():
    assert sheet([[0.6, 0.2, 0.1, 0.1], [0, 0.4, 0.1, 0.5]], target=["a", "cat"]).links == {(0, 0)}


# --- what a model looked at


def test_forced_alignments_are_those_of_the_model_summed_and_averaged(translator):
    for pair, found in zip(PAIRS, forced_alignments(translator, PAIRS), strict=True):
        encode, pieces = translator.tokenizer.encode, translator.tokenizer.pieces
        ids = encode(pair.source), encode(pair.target)
        alignment = forced_log_probs(translator.model, Batch.of([ids]))[1][0].numpy()
        source, target = words_of([*(pieces[i] for i in ids[0]), "<eos>"]), words_of([pieces[i] for i in ids[1]])
        assert found is not None
        assert found.source == tuple(split_words(pair.source)) == tuple(word.text for word in source[:-1])
        assert found.target == tuple(word.text for word in target)
        np.testing.assert_allclose(found.weights, by_word(alignment, source, target), atol=1e-6)
        np.testing.assert_allclose(found.weights.sum(axis=1), 1, atol=1e-6)


def test_a_pair_that_cannot_be_spelt_is_left_out():
    letters = Translator(model(vocabulary_size=len(echo_tokenizer()), tied=False), echo_tokenizer())
    spelt, strange, empty = forced_alignments(letters, [Pair("ab", "ba"), Pair("ab", "héé"), Pair("", "ab")])
    assert spelt is not None
    assert strange is None
    assert empty is None
    with pytest.raises(DataError, match="none of the 1 sentence pairs"):
        forced_alignments(letters, [Pair("é", "é")])


def test_the_alignment_of_a_made_task_is_one_of_characters():
    letters = Translator(
        model(vocabulary_size=len(echo_tokenizer()), tied=False), echo_tokenizer(), card={"task": "reverse"}
    )
    (found,) = forced_alignments(letters, [Pair("a bc", "cb a")])
    ids = [echo_tokenizer().encode(text) for text in ("a bc", "cb a")]
    pieces = forced_log_probs(letters.model, Batch.of([tuple(ids)]))[1][0].numpy()  # a mark before the first letter
    assert (found.source, found.target) == (tuple("a bc"), tuple("cb a"))
    np.testing.assert_allclose(found.weights[1:, 1:], pieces[2:-1, 2:], atol=1e-6)
    np.testing.assert_allclose(found.weights[0, 0], pieces[:2, :2].sum() / 2, atol=1e-6)


def test_a_model_without_attention_is_refused(tokenizer):
    blind = Translator(model(vocabulary_size=len(tokenizer), attention="none", tied=False), tokenizer, "blind")
    with pytest.raises(SettingError, match="blind has no attention"):
        forced_alignments(blind, PAIRS)


# --- gold pairs

FUNCTION_WORDS = set(
    "a an the of to is are do does did has he that de du des le la les l' d' se te ne n' à en zu".split()
)


@pytest.mark.parametrize(("pair", "at_least"), [("en-fr", 50), ("en-de", 25)])
def test_gold_files_are_whole(pair, at_least):
    entries = read_gold(gold.SHIPPED / f"{pair}.jsonl")
    assert len({entry.pair.source for entry in entries}) == len(entries) >= at_least
    for entry in entries:
        assert entry.sure
        for side, words in enumerate((split_words(entry.pair.source), split_words(entry.pair.target))):
            linked = {link[side] for link in entry.possible}
            loose = {word.lower() for i, word in enumerate(words) if i not in linked}
            assert loose <= FUNCTION_WORDS, (entry.pair, loose)


@pytest.mark.parametrize("pair", ["en-fr", "en-de"])
def test_gold_links_join_like_with_like(pair):
    for entry in read_gold(gold.SHIPPED / f"{pair}.jsonl"):
        source, target = split_words(entry.pair.source), split_words(entry.pair.target)
        for s, t in entry.sure:
            assert is_punctuation(source[s]) == is_punctuation(target[t]), entry.pair
            if is_punctuation(source[s]):
                assert source[s] == target[t], entry.pair


def test_gold_pairs_serve_both_directions():
    there, back = gold_for("en", "fr"), gold_for("fr", "en")
    assert [entry.reversed for entry in back] == there
    assert gold_for("en", "zz") == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sure": "0-9"}, "points beyond 2 source and 2 target"),
        ({"sure": "0:0"}, "is not a link"),
        ({"source": None}, "line 2 of bad.jsonl"),
    ],
)
def test_a_bad_gold_line_is_named(change, says, tmp_path):
    good = {"source": "red cat", "target": "chat rouge", "sure": "0-1 1-0", "possible": ""}
    (tmp_path / "bad.jsonl").write_text(f"{json.dumps(good)}\n{json.dumps({**good, **change})}\n")
    with pytest.raises(DataError, match=says):
        read_gold(tmp_path / "bad.jsonl")


# --- the command


@pytest.fixture
def folder(translator, tmp_path, monkeypatch):
    save_checkpoint(translator, tmp_path / "untrained")
    monkeypatch.setitem(TASKS, "own", Own)
    return tmp_path / "untrained"


class Own(Echo):
    """A few sentences of our own, learnt and tested alike."""

    def train(self, epoch, seed):
        return PAIRS * 3

    def test(self):
        return PAIRS


def test_the_command_reports_and_saves_what_it_measured(folder, capsys):
    assert main(["alignment", "--model", str(folder), "--task", "own", "--json", "--save"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sentences"] == 3
    assert 0 < found["linked"] <= found["words"]
    assert found["gold"]["sentences"] == len(gold_for("en", "fr"))
    assert 0 < found["gold"]["error_rate"] <= 1
    assert 0 <= found["gold"]["argmax"] <= 1
    assert 0 < found["gold"]["best_argmax"] <= 1
    saved = json.loads((folder / "config.json").read_text())["card"]["alignment"]
    assert saved == {key: value for key, value in found.items() if key != "model"}
    assert f"| entropy of a row (nats) | {found['entropy']:.3f} |" in (folder / "README.md").read_text()
    assert main(["alignment", "--model", str(folder), "--task", "own", "--at-most", "2"]) == 0
    assert "own: 2 sentences" in capsys.readouterr().out


def test_a_made_task_is_measured_against_its_own_rule(tmp_path, capsys):
    tokens = Tokenizer.train(["abcdefghijklmnopqrstuvwxyz"], "char", 60)
    card = {"task": "reverse", "options": {"longest": 5, "held_out": 20}}
    made = Translator(model(vocabulary_size=len(tokens)), tokens, "made", card=card)
    save_checkpoint(made, tmp_path / "made")
    assert main(["alignment", "--model", str(tmp_path / "made"), "--json", "--save"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["test_set"], found["sentences"], found["links"]) == ("reverse", 20, "rule")
    assert found["linked"] == found["words"]
    assert "the rule of the task" in (tmp_path / "made" / "README.md").read_text()
    save_checkpoint(Translator(made.model, tokens, "made", card={"task": "spelling"}), tmp_path / "made")
    assert main(["alignment", "--model", str(tmp_path / "made")]) == 2
    assert "does not say" in capsys.readouterr().err


def test_figures_measured_again_replace_the_old_ones(folder):
    figures = {"test_set": "x", "sentences": 1, "words": 1, "linked": 1}
    figures |= dict.fromkeys(("within_one", "mass", "entropy", "mass_on_eos", "mass_on_punctuation"), 0.5)
    for argmax in (0.25, 0.75):
        save_measured(str(folder), "alignment", {**figures, "argmax": argmax})
    text = (folder / "README.md").read_text()
    assert "| 0.750 |" in text
    assert "| 0.250 |" not in text
    assert "hand-linked" not in text


def test_the_corpus_is_the_one_of_the_languages(translator):
    assert command.default_task(translator) == "multi30k-en-fr"
    named = Translator(translator.model, translator.tokenizer, "reverse")
    assert command.default_task(named) == "reverse"
    with pytest.raises(SettingError, match="give --task"):
        command.default_task(Translator(translator.model, translator.tokenizer, "nameless"))
