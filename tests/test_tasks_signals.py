"""Tasks of ink, sound, pictures and films: made by code, the same for a seed, with known places."""

import random
from dataclasses import replace

import numpy as np
import pytest
import torch

from s2s_demo.errors import SettingError
from s2s_demo.model import ModelConfig, Seq2Seq
from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import content_of
from s2s_demo.signals.picture import PATCH
from s2s_demo.signals.png import read_png
from s2s_demo.signals.sound import TONES, Sound
from s2s_demo.tasks import TASKS, make_task
from s2s_demo.tasks.base import LONGEST_SEQUENCE
from s2s_demo.tasks.signals import Films, Handwriting, Morse, Shapes, SignalTask
from s2s_demo.tasks.signals.films import Scene
from s2s_demo.tasks.signals.glyphs import GLYPHS, glyph, ways
from s2s_demo.tasks.signals.morse import CODE
from s2s_demo.tasks.signals.shapes import Thing
from s2s_demo.text import Pair, Tokenizer, pad_sources

NAMES = [name for name, make in TASKS.items() if isinstance(make(), SignalTask)]


def task_of(name: str) -> SignalTask:
    task = make_task(name, {"per_epoch": 40, "held_out": 20})
    assert isinstance(task, SignalTask)
    return task


@pytest.fixture(scope="module", params=NAMES)
def task(request: pytest.FixtureRequest) -> SignalTask:
    return task_of(request.param)


def test_a_seed_decides_every_drawing_and_what_is_held_out_is_never_said_in_training(task: SignalTask) -> None:
    train, val, test = task.train(1, 5), task.val(), task.test()
    again = replace(task)
    assert (train, val, test) == (again.train(1, 5), again.val(), again.test())
    assert train != task.train(2, 5) != task.train(2, 6)
    said = [{pair.target for pair in part} for part in (train, val, test)]
    assert not said[0] & said[1]
    assert not said[0] & said[2]
    assert not said[1] & said[2]
    assert (len(train), len(val), len(test)) == (40, 20, 20)


def test_every_drawing_can_be_read_and_its_places_lie_within_it(task: SignalTask) -> None:
    signal, by_word = SIGNALS[task.signal], task.tokenizer[0] == "word"
    for pair in task.train(0, 1):
        rows = signal.read(pair.source)
        assert 0 < len(rows) <= LONGEST_SEQUENCE
        assert rows.shape[1] == signal.size
        assert rows.dtype == np.float32
        assert (-1.001 if task.signal == "film" else -0.001) <= rows.min() < rows.max() <= 1.001
        words = pair.target.split() if by_word else pair.target
        assert all(0 <= place < len(rows) and 0 <= word < len(words) for place, word in pair.places)
        assert len({word for _, word in pair.places}) >= (len(words) / 4 if by_word else len(words))
        assert task.links(pair) == pair.places


def test_the_tokenizer_writes_what_is_to_be_said(task: SignalTask) -> None:
    texts = [pair.target for pair in task.train(0, 1) * 3]
    tokenizer = Tokenizer.train(texts, *task.tokenizer)
    assert all(tokenizer.decode(tokenizer.encode(text)) == text for text in texts)
    assert 3 <= len(task.examples) <= 5
    assert all(example.startswith("data:") for example in task.examples)


def dice(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("things", "sentence"),
    [
        ([(0, 0, "red", "circle")], "a red circle"),
        ([(0, 1, "red", "circle"), (2, 1, "blue", "square")], "a red circle above a blue square"),
        ([(1, 0, "red", "circle"), (1, 3, "blue", "cross")], "a red circle left of a blue cross"),
        ([(0, 0, "red", "circle"), (1, 3, "blue", "cross")], "a red circle above a blue cross"),
        ([(0, 3, "red", "circle"), (1, 0, "blue", "cross")], "a red circle above a blue cross"),
    ],
)
def test_shapes_are_told_in_the_order_of_reading_and_stand_where_it_says(things: list, sentence: str) -> None:
    scene = tuple(Thing(*thing) for thing in things)
    pair = Shapes().draw(scene, dice())
    assert pair.target == sentence
    rows = SIGNALS["picture"].read(pair.source)
    cells = {thing.cell for thing in scene}
    inked = rows[:, : PATCH * PATCH * 3].std(axis=1) > 0.05
    assert set(np.flatnonzero(inked).tolist()) == cells
    words = sentence.split()
    assert {(words[word], place) for place, word in pair.places} == {
        (word, thing.cell) for thing in scene for word in (thing.colour, thing.shape)
    }


def test_a_film_moves_as_its_sentence_says() -> None:
    pair = Films().draw(Scene("box", ("right", "falls", "rests")), dice(3))
    assert pair.target == "the box slides right then falls then rests"
    frames = SIGNALS["film"].read(pair.source)[:, : 16 * 16].reshape(-1, 16, 16)
    y, x = (
        (frames * np.arange(16).reshape(shape)).sum(axis=(1, 2)) / frames.sum(axis=(1, 2)) for shape in ((16, 1), (16,))
    )
    for word, along, grows in (("slides", x, True), ("falls", y, True), ("rests", x, False), ("rests", y, False)):
        seen = sorted(place for place, number in pair.places if pair.target.split()[number] == word)
        assert seen == list(range(seen[0], seen[-1] + 1))
        assert (np.diff(along[seen]) > 0.2).all() == grows
    assert max(place for place, _ in pair.places) == len(frames) - 1


def test_morse_sounds_where_its_letters_are_and_is_still_between_them() -> None:
    pair = Morse(noise=60).draw("ET", dice(2))
    loud = SIGNALS["sound"].read(pair.source).reshape(-1, Sound.frames, TONES + 1)[..., -1].max(axis=1) > 0.5
    places = [{place for place, word in pair.places if word == letter} for letter in (0, 1)]
    assert set(np.flatnonzero(loud)) <= places[0] | places[1]
    assert all(loud[sorted(some)].any() for some in places)
    assert min(places[0]) < min(places[1])


def test_what_is_heard_enters_a_model_as_numbers_that_differ_as_those_of_words_do() -> None:
    features = SIGNALS["sound"].read(Morse().draw("SOS", dice(2)).source)
    config = ModelConfig(vocabulary_size=30, signal="sound", front_end="convolutional", tied=False)
    with torch.no_grad():
        entered = Seq2Seq(config, seed=1).enter(*pad_sources([features]))[0, :-1]
    assert 0.2 < float(entered.std(dim=0).mean()) < 3  # by Xavier's weights it would be .02


def test_single_moves_of_a_film_are_always_shown() -> None:
    task = Films(per_epoch=300, held_out=20)
    assert all(" then " in pair.target for pair in task.val() + task.test())
    single = {pair.target for pair in task.train(0, 1) if " then " not in pair.target}
    assert len(single) == 15


def test_the_code_is_that_of_samuel_morse() -> None:
    assert CODE["S"] + CODE["O"] + CODE["Q"] == "...---" + "--.-"
    assert len(set(CODE.values())) == 26


def test_noise_is_as_far_below_the_tone_as_the_setting_says() -> None:
    quiet, loud = (Morse(noise=noise).draw("TTTT", dice(4)) for noise in (40.0, 0.0))
    spread = [np.median(SIGNALS["sound"].read(pair.source)) for pair in (quiet, loud)]
    assert spread[0] < spread[1] / 2


def test_a_line_has_its_figures_from_left_to_right() -> None:
    pair = Handwriting().draw("30715", dice(5))
    ink = SIGNALS["ink"].read(pair.source)
    firsts = [min(place for place, word in pair.places if word == letter) for letter in range(5)]
    assert firsts == sorted(firsts)
    assert {place for place, _ in pair.places} >= set(np.flatnonzero(ink.max(axis=1) > 0.5).tolist())
    assert read_png(content_of(pair.source, "image/png")).shape[0] < 40


def test_every_character_can_be_written_in_each_of_its_ways() -> None:
    assert set("0123456789abcdefghijklmnopqrstuvwxyz") == set(GLYPHS)
    drawn = [glyph(character, way) for character in GLYPHS for way in range(ways(character))]
    assert all(np.isfinite(points).all() and np.ptp(points, axis=0)[1] > 5 for points in drawn)
    assert all(points[:, 0].min() > -1 and points[:, 0].max() < 8 for points in drawn)


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("shapes", {"most_things": 9}, "most shapes is 9"),
        ("morse", {"most_letters": 0}, "longest row of letters is 0"),
        ("handwriting", {"content": "music"}, "choose from digits, words"),
        ("films", {"most_moves": 5}, "most moves is 5"),
    ],
)
def test_settings_that_make_no_sense_are_refused(name: str, options: dict[str, object], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        make_task(name, options)


def test_the_places_of_a_pair_are_no_part_of_its_text() -> None:
    chance = random.Random(1)
    pair = Shapes().make(chance)
    assert pair.texts("picture") == (pair.target,)
    assert Pair("a", "b").texts() == ("a", "b")
