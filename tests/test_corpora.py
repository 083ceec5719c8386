"""Corpora from small files that the test writes."""

import gzip
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import sources

from s2s_demo.errors import DataError, SettingError
from s2s_demo.tasks import corpora, mixture
from s2s_demo.tasks.corpora import (
    Multi30k,
    Tatoeba,
    data_folder,
    held_out_part,
)
from s2s_demo.tasks.mixture import Translation
from s2s_demo.tasks.phrases import phrases
from s2s_demo.tasks.register import one_register, register
from s2s_demo.tasks.scenes import listed, scenes
from s2s_demo.text import Pair

CAPTIONS = {
    "train": {"en": ["A cat  sleeps.", "Two dogs run.", ""], "fr": ["Un chat dort.", "Deux chiens courent.", "vide"]},
    "val": {"en": ["A boy reads."], "fr": ["Un garçon lit."]},
    "test_2016_flickr": {"en": ["A girl sings."], "fr": ["Une fille chante."]},
}


def write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in lines).encode()))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with three captions and 600 everyday sentences, every tenth of them twice."""
    monkeypatch.setenv("S2S_DEMO_DATA", str(tmp_path))
    for part, languages in CAPTIONS.items():
        for language, lines in languages.items():
            write(tmp_path / "multi30k" / f"{part}.{language}.gz", lines)
    rows = [f"I have {i} cats.\tJ'ai {i} chats.\tCC-BY" for i in range(2, 602)]
    rows += [f"I have {i} cats.\tMoi, j'ai {i} chats." for i in range(10, 602, 10)]
    rows += [f"I have {i} cats.\tJe possède {i} chats." for i in range(10, 602, 10)]
    write(tmp_path / "tatoeba" / "eng-fra.tsv.gz", [*rows, rows[0], "no second column", "\tno English"])
    corpora._tatoeba.cache_clear()
    yield tmp_path
    corpora._tatoeba.cache_clear()


def test_the_data_folder_is_the_one_in_the_environment_or_the_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("S2S_DEMO_DATA", "/somewhere/else")
    assert data_folder() == Path("/somewhere/else")
    monkeypatch.delenv("S2S_DEMO_DATA")
    assert data_folder() == Path.home() / ".cache" / "s2s_demo" / "data"


def test_captions_are_paired_by_line_normalised_and_without_empty_ones(data: Path) -> None:
    task = Multi30k("en", "fr")
    assert task.train(0, 1) == [Pair("A cat sleeps.", "Un chat dort."), Pair("Two dogs run.", "Deux chiens courent.")]
    assert task.val() == [Pair("A boy reads.", "Un garçon lit.")]
    assert Multi30k("fr", "en").test() == [Pair("Une fille chante.", "A girl sings.")]
    assert (task.source_language, task.target_language) == ("en", "fr")


def test_a_missing_corpus_says_where_it_was_looked_for_and_how_to_get_it(data: Path) -> None:
    with pytest.raises(DataError, match=r"train\.de\.gz is not in .*multi30k; set S2S_DEMO_DATA .*s2s-demo data multi"):
        Multi30k("en", "de").train(0, 1)


def test_files_of_different_length_are_refused(data: Path) -> None:
    write(data / "multi30k" / "val.fr.gz", ["un", "deux"])
    with pytest.raises(DataError, match="Multi30k val: 1 lines of en, 2 of fr"):
        Multi30k("en", "fr").val()


@pytest.mark.parametrize("damage", ["cut off", "overwritten", "not gzip", "not text"])
def test_a_damaged_file_is_a_clear_error(data: Path, damage: str) -> None:
    path = data / "multi30k" / "val.fr.gz"
    whole = path.read_bytes()
    path.write_bytes(
        {
            "cut off": whole[:-9],
            "overwritten": whole[:12] + b"\xff" * 8 + whole[20:],
            "not gzip": b"<html>",
            "not text": gzip.compress(b"\xff\xfe\xff"),
        }[damage]
    )
    with pytest.raises(DataError, match=r"cannot be read .*delete it and fetch it again"):
        Multi30k("en", "fr").val()


def test_languages_that_a_corpus_lacks_are_refused() -> None:
    with pytest.raises(SettingError, match="unknown language of Multi30k 'zh'; choose from en, de, fr, cs"):
        Multi30k("en", "zh")
    with pytest.raises(DataError, match="English on one side, not fr-de"):
        Tatoeba("fr", "de")
    with pytest.raises(SettingError, match="Tatoeba beside English 'cs'; choose from fr, de, zh"):
        Tatoeba("en", "cs")


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("fr", "en")])
def test_everyday_sentences_are_split_by_their_english_side(data: Path, source: str, target: str) -> None:
    task = Tatoeba(source, target, per_sentence=99, apart=False)
    parts = [task.train(0, 1), task.val(), task.test()]
    english = [{pair.source if source == "en" else pair.target for pair in part} for part in parts]
    assert len(set.union(*english)) == sum(map(len, english)) == 600
    assert sum(map(len, parts)) == 600 + 60 + 60
    assert all(parts)


def test_an_epoch_takes_at_most_so_many_translations_of_a_sentence(data: Path) -> None:
    task = Tatoeba("en", "fr", per_sentence=2, apart=False)
    epoch = task.train(0, 1)
    counts = {source: [pair.source for pair in epoch].count(source) for source in {pair.source for pair in epoch}}
    assert set(counts.values()) == {1, 2}
    assert epoch == Tatoeba("en", "fr", per_sentence=2, apart=False).train(0, 1)
    assert epoch != task.train(1, 1)


def test_what_is_all_but_a_held_out_sentence_is_not_learnt_from(data: Path) -> None:
    assert Tatoeba("en", "fr").train(0, 1) == []  # "I have 7 cats." is "I have 8 cats." but for a word
    rows = ["The weather is fine today.\tIl fait beau aujourd'hui."]
    with gzip.open(data / "tatoeba" / "eng-fra.tsv.gz", "at", encoding="utf-8") as stream:
        stream.write(f"{rows[0]}\n")
    corpora._tatoeba.cache_clear()
    assert Tatoeba("en", "fr").train(0, 1) == [Pair(*rows[0].split("\t"))]


def test_further_pairs_are_learnt_from_where_they_are_here_and_never_tested_on(data: Path) -> None:
    plain, more = Tatoeba("en", "fr", apart=False), Tatoeba("en", "fr", apart=False, more=True)
    assert plain.notices == []
    (notice,) = more.notices
    assert "eng-fra-more.tsv.gz is not here, so the further pairs are left out" in notice
    assert more.train(0, 1) == plain.train(0, 1)
    rows = [f"We saw {i} ships.\tNous avons vu {i} navires.\tchallenge-test" for i in range(300)]
    write(data / "tatoeba" / "eng-fra-more.tsv.gz", rows)
    corpora._tatoeba.cache_clear()
    more = Tatoeba("en", "fr", apart=False, more=True)
    assert more.notices == []
    assert (more.val(), more.test()) == (plain.val(), plain.test())
    further = set(more.train(0, 1)) - set(plain.train(0, 1))
    assert {pair.source for pair in further} == {
        english for row in rows if held_out_part(english := row.split("\t")[0], 0.01) == "train"
    }


def test_chinese_is_learnt_in_simplified_characters(data: Path) -> None:
    rows = [f"I love {animal}.\t我愛{form}。" for animal, form in (("you", "你"), ("dogs", "狗"), ("horses", "馬"))]
    write(data / "tatoeba" / "eng-cmn.tsv.gz", rows)
    corpora._tatoeba.cache_clear()
    assert {pair.source for pair in Tatoeba("zh", "en").train(0, 1)} <= {"我爱你。", "我爱狗。", "我爱马。"}


@pytest.mark.parametrize(("source", "target"), [("en", "zh"), ("zh", "en")])
def test_scenes_say_the_same_in_english_and_chinese(source: str, target: str) -> None:
    deeds = [*listed()["activity"], *listed()["frolic"], *listed()["posture"]]
    for seed in range(200):
        pair = scenes(source, target, random.Random(seed))
        english, chinese = (pair.source, pair.target) if source == "en" else (pair.target, pair.source)
        assert english.endswith(".")
        assert chinese.endswith("。")
        assert any(row["en"] in english and row["zh"] in chinese for row in deeds), pair
        for colour in listed()["colour"]:
            assert f" {colour['en']} " not in english or colour["zh"][0] in chinese, pair
    with pytest.raises(DataError, match="English and Chinese"):
        scenes("en", "fr", random.Random(0))


def test_a_translator_learns_captions_and_everyday_sentences_but_no_held_out_ones(data: Path) -> None:
    plain, varied = Translation("en", "fr", captions=2, varied=0.0), Translation("en", "fr", varied=0.5)
    pairs = plain.train(0, 1)
    assert pairs.count(Pair("Two dogs run.", "Deux chiens courent.")) == 2
    assert Pair("A boy reads.", "Un garçon lit.") in plain.val()
    assert Pair("A girl sings.", "Une fille chante.") in plain.test()
    assert not {pair.source for pair in pairs} & {pair.source for pair in plain.val() + plain.test()}
    assert varied.train(0, 1) == Translation("en", "fr", varied=0.5).train(0, 1) != varied.train(1, 1)


@given(st.text())
def test_a_sentence_falls_on_one_side_whatever_its_case_and_spaces(sentence: str) -> None:
    part = held_out_part(sentence, 0.3)
    assert part in ("train", "val", "test")
    assert held_out_part(f"  {sentence}\u00a0 ", 0.3) == part


def test_held_out_parts_have_about_their_share() -> None:
    parts = [held_out_part(f"sentence {i}", 0.1) for i in range(5000)]
    assert 400 < parts.count("val") < 600
    assert 400 < parts.count("test") < 600


def test_a_larger_share_keeps_the_test_sentences_of_a_smaller_one() -> None:
    small = {i for i in range(2000) if held_out_part(str(i), 0.01) == "test"}
    assert small <= {i for i in range(2000) if held_out_part(str(i), 0.04) == "test"}


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        ("Tu dors ?", "tu"),
        ("Est-ce que t'as faim ?", "tu"),
        ("Où est ton chat ?", "tu"),
        ("Dors-tu ?", "tu"),
        ("Vous dormez.", "vous"),
        ("Venez ici !", "vous"),
        ("Votre chat dort.", "vous"),
        ("Il est assez tard chez nous.", ""),
        ("Son nez est rouge.", ""),
        ("Tu crois que vous dormez ?", ""),
    ],
)
def test_a_french_sentence_says_tu_or_vous_or_neither(french: str, expected: str) -> None:
    assert register(french) == expected


def test_vous_is_kept_where_both_registers_exist() -> None:
    both = ["Tu dors.", "Vous dormez.", "On dort."]
    assert one_register(both, "fr") == ["Vous dormez.", "On dort."]
    assert one_register(both[::2], "fr") == both[::2]
    assert one_register(both, "de") == both


def test_what_the_phrasebook_says_is_learnt_from_it_alone(data: Path) -> None:
    english = next(iter(phrases("en", "fr", random.Random(0)))).source
    with gzip.open(data / "tatoeba" / "eng-fra.tsv.gz", "at", encoding="utf-8") as stream:
        stream.write(f"{english}\tAutrement dit !\n")
    corpora._tatoeba.cache_clear()
    said = [
        {pair.target for pair in task.train(0, 1) if pair.source == english}
        for task in (Translation(phrases=1, varied=0), Translation(phrases=1, varied=0, phrasebook_first=True))
    ]
    assert "Autrement dit !" in said[0]
    assert said[1] == said[0] - {"Autrement dit !"} != set()


def test_sentences_that_say_a_day_come_again_with_dates(data: Path) -> None:
    with gzip.open(data / "tatoeba" / "eng-fra.tsv.gz", "at", encoding="utf-8") as stream:
        stream.write("We are going to swim tomorrow.\tNous allons nager demain.\n")
    corpora._tatoeba.cache_clear()
    plain, dated = (Translation(varied=0, dated=times).train(0, 1) for times in (0, 3))
    added = [pair for pair in dated if pair not in plain]
    assert [pair for pair in dated if pair in plain] == plain
    assert len(added) == 3
    assert len({pair.target for pair in added}) == 3
    assert all(re.fullmatch(r"Nous allons nager le (1er|\d+) \w+( \d{4})?\.", pair.target) for pair in added)


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("fr", "en")])
def test_the_phrasebook_leaves_out_the_english_that_is_kept_for_testing(
    data: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str
) -> None:
    task = Translation(source, target, phrases=1, varied=0)
    said = phrases(source, target, random.Random(0))
    english = [pair.source if source == "en" else pair.target for pair in said]
    kept = next(text for text in english if "weather" in text)
    monkeypatch.setattr(mixture, "held_out_part", lambda text, share: "test" if text == kept else "train")
    assert task._phrases(random.Random(0)) == [pair for pair, text in zip(said, english, strict=True) if text != kept]


def test_synthetic_pairs_take_turns(data: Path) -> None:
    task = Translation("en", "fr", synthetic=2, varied=0)
    (notice,) = task.notices
    assert "its 2 machine-made pairs an epoch are left out" in notice
    assert task.train(0, 1) == Translation("en", "fr", varied=0).train(0, 1)
    (data / "synthetic").mkdir()
    rows = [f"Made sentence {i} .\tPhrase faite {i} ." for i in range(6)]
    (data / "synthetic" / "en-fr.tsv").write_text("\n".join([*rows, "no second column", "\t"]))
    task = Translation(synthetic=2, varied=0)
    made = [{pair for pair in task.train(epoch, 1) if pair.source.startswith("Made")} for epoch in range(4)]
    assert [len(turn) for turn in made] == [2, 2, 2, 2]
    assert len(made[0] | made[1] | made[2]) == 6
    assert made[3] == made[0]


def test_no_synthetic_pair_is_all_but_held_out_and_its_chinese_is_simplified(data: Path) -> None:
    write(data / "tatoeba" / "eng-cmn.tsv.gz", ["Dogs are very good.\t狗非常好。"] * 2)
    corpora._tatoeba.cache_clear()
    (data / "synthetic").mkdir()
    (data / "synthetic" / "en-zh.tsv").write_text("He loves horses.\t他愛馬。\nDogs are so good.\t狗非常好。\n")
    held_out = Translation("en", "zh", synthetic=2)
    object.__setattr__(held_out._parts[1], "_split", {"train": [], "val": [], "test": [Pair("x", "狗非常好。")]})
    assert held_out._synthetic == [Pair("He loves horses.", "他爱马。")]


def test_a_teacher_is_given_what_is_learnt_and_text_of_its_language_and_nothing_held_out(data: Path) -> None:
    write(data / "tatoeba" / "eng-deu.tsv.gz", ["It is late.\tEs ist spät.", "I have 3 cats.\tIch habe 3 Katzen."])
    write(data / "multi30k" / "captions.en.gz", ["A dog.", "left out", "A hat."])
    corpora._tatoeba.cache_clear()
    learnt = list(sources.learnt(Translation("en", "fr")))
    assert learnt == ["A cat sleeps.", "Two dogs run."], "the others are all but one held-out sentence or another"
    assert list(sources.further("en", "fr")) == ["It is late.", "A dog.", "A hat."]
    assert list(sources.further("fr", "en")) == []
