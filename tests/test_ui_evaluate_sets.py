"""What tab Evaluate measures on: held-out sentences, and a visitor's own files."""

import gzip
import random

import pytest
from pages import files

from s2s_demo.errors import DataError
from s2s_demo.tasks import corpora
from s2s_demo.tasks.corpora import HELD_OUT, held_out_part
from s2s_demo.tasks.near import near_duplicates
from s2s_demo.tasks.phrases import phrases
from s2s_demo.text import normalise
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate.sets import EVERYDAY, MOST_EXAMPLES, MOST_LINES, everyday, shipped, uploaded
from tests.tools.everyday import drawn

PAIRS = [("en", "fr"), ("fr", "en"), ("en", "de"), ("de", "en"), ("zh", "en"), ("en", "zh")]


@pytest.mark.parametrize("pair", PAIRS)
def test_everyday_sentences_are_held_out_of_tatoeba_with_its_terms(pair):
    found = everyday(*pair)
    assert found is not None
    assert len(found.sources) == len(set(found.sources)) == 200
    assert all(1 <= len(references) == len(set(references)) <= 5 for references in found.references)
    texts = [text for references in found.references for text in references]
    assert all(text == normalise(text) for text in (*found.sources, *texts))
    share = HELD_OUT["".join(pair).replace("en", "")]
    for source, references in zip(found.sources, found.references, strict=True):
        english = [source] if pair[0] == "en" else references
        assert {held_out_part(text, share) for text in english} == {"test"}
    head = (EVERYDAY / f"{'-'.join(pair)}.tsv").read_text(encoding="utf-8").partition("\n")[0]
    assert "tatoeba.org, CC BY 2.0 FR" in head


@pytest.mark.parametrize("pair", PAIRS)
def test_no_phrase_of_ours_is_a_word_away_from_an_everyday_sentence(pair):
    known = [phrase.source for seed in range(5) for phrase in phrases(*pair, random.Random(seed))]
    assert not any(near_duplicates(everyday(*pair).sources, known, pair[0]))


@pytest.fixture
def tatoeba(tmp_path, monkeypatch):
    """An empty folder for its files."""
    monkeypatch.setenv("S2S_DEMO_DATA", str(tmp_path))
    corpora._tatoeba.cache_clear()
    (tmp_path / "tatoeba").mkdir()
    yield tmp_path / "tatoeba"
    corpora._tatoeba.cache_clear()


def test_none_is_drawn_that_a_translator_may_have_all_but_learnt(tatoeba):
    english = [f"{number} cats saw {number} dogs" for number in range(2000)]
    tested = [text for text in english if held_out_part(text, HELD_OUT["fr"]) == "test"]
    near, translated, elsewhere, *fine = tested
    french = {text: f"{text.split()[0]} chats et {text.split()[0]} chiens" for text in english}
    learnt = [(one_word_away(near), "Autre chose."), ("I like it.", french[translated].replace("chiens", "chevaux"))]
    write_pairs(tatoeba / "eng-fra.tsv.gz", [*((text, french[text]) for text in tested), *learnt])
    write_pairs(tatoeba / "eng-deu.tsv.gz", [(one_word_away(elsewhere), "Etwas anderes.")])
    (tatoeba.parent / "multi30k").mkdir()
    write_pairs(tatoeba.parent / "multi30k" / "captions.en.gz", [("A dog runs.", "")])
    assert fine
    assert set(drawn("en", "fr")) == set(fine)
    assert set(drawn("fr", "en")) == {french[text] for text in fine}


def one_word_away(text):
    """A sentence that is kept for training."""
    others = (text.replace("dogs", word) for word in ("horses", "mice", "birds", "pigs"))
    return next(other for other in others if held_out_part(other, HELD_OUT["fr"]) == "train")


def write_pairs(path, pairs):
    path.write_bytes(gzip.compress("".join(f"{english}\t{other}\n" for english, other in pairs).encode()))


def test_a_pair_of_languages_we_do_not_know_has_no_sentences():
    assert everyday("fr", "de") is None
    assert everyday("", "") is None


def test_a_made_task_is_asked_what_it_kept_out_of_training(translator):
    learnt = Translator(translator.model, translator.tokenizer, "mine", card={"task": "reverse"})
    examples = shipped(learnt)
    assert examples.name == "reverse"
    assert len(examples.sources) == MOST_EXAMPLES
    assert all(
        source.replace(" ", "") == one.replace(" ", "")[::-1]
        for source, (one,) in zip(examples.sources, examples.references, strict=True)
    )
    assert not {pair.source for pair in learnt.made_task.train(0, 0)} & set(examples.sources)


def test_uploaded_files_become_a_test_set(tmp_path):
    source, reference = files(tmp_path, "\ufeffA dog.\r\nA cat.\r\n\r\n", "Un chien.\nUn chat.")
    made = uploaded(source, [reference])
    assert made.sources == ("A dog.", "A cat.")
    assert made.references == (("Un chien.",), ("Un chat.",))
    two = files(tmp_path, "a\nb", "c\nd", "e\nf")
    assert uploaded(two[0], two[1:]).references == (("c", "e"), ("d", "f"))


@pytest.mark.parametrize(
    ("contents", "message"),
    [
        (("a\nb", "c"), r"0.txt has 2 lines, but 1.txt has 1"),
        (("", "c"), "0.txt is empty"),
        (("a\n\nb", "c\nd\ne"), "line 2 of 0.txt is empty"),
        (("a\nb", "c\n \nx"), "has 3"),
        ((b"\xff\xfea", "c"), "save it as UTF-8"),
        ((b"a\x00b", "c"), "save it again as UTF-8"),
        (("la cl\u00e9".encode("latin-1"), "c"), "0.txt is not UTF-8 text"),
        (("a\u2028b\nc", "d"), "0.txt has 2 lines, but 1.txt has 1"),
        (("a\n" * (MOST_LINES + 1), "c"), "1,001 lines"),
        (("a" * 1_000_001, "c"), "at most 1 MB"),
        (("a\nb", "c\n" + "d" * 501), "line 2 of 1.txt has 501 characters"),
        (("a", *["b"] * 9), "9 files of references"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_fault(tmp_path, contents, message):
    source, *references = files(tmp_path, *contents)
    with pytest.raises(DataError, match=message):
        uploaded(source, references)


def test_files_that_are_missing_are_asked_for():
    with pytest.raises(DataError, match="two files"):
        uploaded(None, None)
