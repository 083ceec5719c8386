"""Digits, as they are said."""

import random
import string
from dataclasses import dataclass
from functools import cache

import numpy as np

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.signals.document import as_document
from s2s_demo.signals.speech import HOP, RATE, WINDOW, Speech
from s2s_demo.signals.wav import Samples, write_wav
from s2s_demo.tasks.corpora import held_out_part
from s2s_demo.tasks.signals.signal_task import Dice, SignalTask
from s2s_demo.tasks.signals.speakers import SPEAKERS, said
from s2s_demo.text import Pair

BEFORE, BETWEEN = (0.08, 0.5), (0.02, 0.35)  # seconds of silence: around a line, and between two digits
QUIETER = 30.0  # dB: a line may lie that much farther above its noise than it must
ECHO = RATE // 4  # samples
QUICK = 4096  # samples; of multiples a transform is quick
FADING = -np.arange(ECHO, dtype=np.float32) / RATE  # seconds


@dataclass(frozen=True, kw_only=True)
class SpokenDigits(SignalTask[str]):
    """Digits, said one after the other by any voice: a sound becomes "3507".

    The source is a recording, read as a spectrogram of a voice, twelve places a second.  Every line has a speaker of
    its own, with a pitch, a mouth, an accent and a pace that nobody else has, in another room.
    """

    per_epoch: int = setting(500, low=1, high=1_000_000, what="number of pairs in an epoch", help="fresh pairs in each")
    most_digits: int = setting(4, low=1, high=8, what="longest row of digits", help="digits of a line, at most")
    noise: float = setting(
        15.0,
        low=-10,
        high=60,
        what="least distance of tone and noise in dB",
        help="how much louder tones are, at least",
    )
    speakers: str = setting(
        "made",
        choices=SPEAKERS,
        what="speakers",
        help="who says them: voices made here, those of programs that are installed, or both in training",
        local=True,
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("longest row of digits", self.most_digits, 1, 8)

    @property
    def signal(self) -> str:
        return "speech"

    def choose(self, chance: random.Random) -> str:
        return "".join(chance.choices(string.digits, k=chance.randint(1, self.most_digits)))

    def sentence(self, scene: str) -> str:
        return scene

    def secret_of(self, sentence: str) -> str:
        """A digit alone is always shown: who has never heard that a line is "9" would not believe it."""
        return sentence if len(sentence) > 1 else ""

    def draw(self, scene: str, dice: Dice) -> Pair:
        secret = self.secret_of(scene)
        held_out = bool(secret) and held_out_part(secret, self.share) != "train"
        speakers = "made" if held_out and self.speakers == "both" else self.speakers
        parts = [np.zeros(int(dice.uniform(*BEFORE) * RATE), np.float32)]
        spans: list[tuple[int, int]] = []
        at = len(parts[0])
        for digit in said(scene, speakers, held_out=held_out, dice=dice):
            pause = np.zeros(int(dice.uniform(*BETWEEN) * RATE), np.float32)
            parts += [digit * np.float32(dice.uniform(0.7, 1.4)), pause]
            spans.append((at, at + len(digit)))
            at += len(digit) + len(pause)
        parts.append(np.zeros(int(dice.uniform(*BEFORE) * RATE), np.float32))
        sound = heard(np.concatenate(parts), dice.uniform(self.noise, self.noise + QUIETER), dice)
        row = HOP * Speech.frames  # samples of a place
        last = (len(sound) - WINDOW) // row
        places = frozenset(
            (place, word)
            for word, (start, end) in enumerate(spans)
            for place in range(start // row, min((end - 1) // row, last) + 1)
        )
        return Pair(as_document(Speech.media, write_wav(sound, RATE)), scene, places=places)


def heard(sound: Samples, distance: float, dice: Dice) -> Samples:
    """A voice in some room by some microphone, `distance` dB above its noise."""
    length = -(-(len(sound) + ECHO) // QUICK) * QUICK
    octaves, rumble = tones_of(length)
    echo = dice.standard_normal(ECHO, np.float32) * np.exp(FADING / np.float32(dice.uniform(0.02, 0.08)))
    echo *= np.float32(dice.uniform(0, 0.5)) / np.sqrt((echo**2).sum())
    echo[0] = 1  # the way without a wall
    microphone = np.exp(octaves * np.float32(dice.uniform(-0.4, 0.4))) / (
        1 + rumble * np.float32(dice.uniform(20, 150)) ** 2
    )
    voice = np.fft.irfft(np.fft.rfft(sound, length) * np.fft.rfft(echo, length) * microphone)[: len(sound)]
    hum = np.fft.rfft(dice.standard_normal(length, np.float32)) * np.exp(octaves * np.float32(dice.uniform(-0.8, 0.2)))
    noise = np.fft.irfft(hum)[: len(sound)]
    loud = np.sqrt((voice[np.abs(voice) > 0.1 * np.abs(voice).max()] ** 2).mean())
    mixed = voice / loud + noise * np.float32(10 ** (-distance / 20) / noise.std())
    found: Samples = (mixed * (dice.uniform(0.3, 0.9) / np.abs(mixed).max())).astype(np.float32)
    return found


@cache
def tones_of(length: int) -> tuple[Samples, Samples]:
    """Of each tone of a transform how far it lies from 1 kHz (e-foldings), and how low it is (1 / Hz, squared)."""
    hertz = np.fft.rfftfreq(length, 1 / RATE)
    return np.log(np.maximum(hertz, 100) / 1000).astype(np.float32), ((hertz + 1) ** -2).astype(np.float32)
