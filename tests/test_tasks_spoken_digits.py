"""Spoken digits: a voice of our own, other speakers, and a spectrogram of what they say."""

import random

import numpy as np
import pytest

from s2s_demo.errors import DataError, SettingError
from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import as_document
from s2s_demo.signals.speech import BANDS, HOP, RATE, Speech, bands
from s2s_demo.signals.wav import write_wav
from s2s_demo.tasks.made import MadeTask
from s2s_demo.tasks.signals import Handwriting, SpokenDigits, speakers
from s2s_demo.tasks.signals.speakers import VOICES, said
from s2s_demo.tasks.signals.voice import DIGITS, SOUNDS, TONES, Voice, resonances, smoothed, spoken


def dice(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("formants", [(280, 2250, 2950), (720, 1150, 2450)])
def test_a_mouth_resounds_at_its_formants(formants: tuple[float, ...]) -> None:
    loud = np.abs(resonances(np.array([formants]), 1.0))[0]
    peaks = TONES[1:-1][(loud[1:-1] > loud[:-2]) & (loud[1:-1] > loud[2:])]
    for formant in formants:
        assert np.abs(peaks - formant).min() <= 50


@pytest.mark.parametrize("pitch", [100.0, 200.0])
def test_a_voice_has_its_pitch(pitch: float) -> None:
    voice = Voice(pitch, 1.0, 3.0, 0.0, 0.6, np.ones((len(SOUNDS), 3)))
    (sound,) = spoken("4", voice, dice())
    middle = sound[len(sound) // 2 :][:2000]
    echo = np.correlate(middle, middle, "full")[len(middle) - 1 :]
    least = int(0.7 * RATE / pitch)
    period = least + int(echo[least : 2 * least].argmax())
    assert RATE / period == pytest.approx(pitch, rel=0.2)


def test_every_digit_is_said_in_sounds_that_are_known_and_dies_away() -> None:
    assert {sound for ways in DIGITS.values() for way in ways for sound in way} <= SOUNDS.keys()
    clips = spoken("0123456789", Voice.drawn(dice()), dice())
    assert len(clips) == 10
    for clip in clips:
        assert 0.15 * RATE < len(clip) < 1.5 * RATE
        assert np.abs(clip[-80:]).max() < 0.25 * np.abs(clip).max()


def test_a_smoothed_track_keeps_its_length_and_where_it_rests_its_value() -> None:
    track = np.repeat([[1.0], [3.0]], 10, axis=0)
    for width in (2, 5):
        assert smoothed(track, width).shape == track.shape
        np.testing.assert_allclose(smoothed(track, width, hold=True)[[0, 9 - width, -1]], [[1], [1], [3]])


@pytest.mark.parametrize("rate", [8000, 44_100])
@pytest.mark.parametrize("hertz", [300, 1000, 3000])
def test_a_tone_is_loudest_in_its_band_at_any_rate(rate: int, hertz: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * hertz * np.arange(rate) / rate).astype(np.float32)
    rows = SIGNALS["speech"].read(as_document("audio/wav", write_wav(tone, rate)))
    heard = rows.reshape(-1, BANDS)[5:40].mean(axis=0)
    assert abs(int(heard.argmax()) - int(bands()[round(hertz / (RATE / 256))].argmax())) <= 1


def test_the_places_of_a_digit_are_where_it_sounds() -> None:
    for seed in range(5):
        pair = SpokenDigits(noise=60).draw("3507", dice(seed))
        loud = SIGNALS["speech"].read(pair.source).mean(axis=1)
        places = [sorted(place for place, word in pair.places if word == digit) for digit in range(4)]
        assert places == sorted(places)
        heard = {place for digit in places for place in digit}
        quiet = [loud[place] for place in range(len(loud)) if not heard & {place - 1, place, place + 1}]
        assert np.mean([loud[place] for place in heard]) > 2 * np.mean(quiet or [0])
        assert len(loud) == pytest.approx(len(pair.source) * 0.75 / (HOP * Speech.frames), abs=3)


def test_held_out_lines_are_said_by_voices_that_never_speak_in_training(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: dict[bool, set[str]] = {True: set(), False: set()}

    def clip(program: str, voice: str, digit: str, take: int) -> np.ndarray:
        heard[held_out].add(voice)
        return np.ones(200, np.float32)

    monkeypatch.setattr(speakers, "clip", clip)
    for held_out in (True, False):
        for seed in range(300):
            said("12", "espeak-ng", held_out=held_out, dice=dice(seed))
    assert not heard[True] & heard[False]
    assert heard[True] | heard[False] == set(VOICES["espeak-ng"])


def test_only_training_needs_a_program_and_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    speakers.clip.cache_clear()
    both = SpokenDigits(speakers="both", per_epoch=20, held_out=5)
    assert len(both.val()) == 5
    with pytest.raises(DataError, match="espeak-ng does not run here"):
        both.train(0, 1)


@pytest.mark.parametrize(("content", "least"), [("digits", 5), ("words", 5), ("words", 1)])
def test_lines_may_all_be_of_one_length(content: str, least: int) -> None:
    task: MadeTask = Handwriting(content=content, least_characters=least, most_characters=least)
    assert {len(task.make(random.Random(seed)).target) for seed in range(5)} == {max(least, 1 + (content == "words"))}
    with pytest.raises(SettingError, match="shortest line"):
        Handwriting(least_characters=7)
