"""Morse code, as it sounds."""

import random
import string
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.errors import check_whole
from s2s_demo.settings import setting
from s2s_demo.signals.document import as_document
from s2s_demo.signals.sound import HOP, WINDOW, Sound
from s2s_demo.signals.wav import RATE, write_wav
from s2s_demo.tasks.signals.signal_task import Dice, SignalTask
from s2s_demo.text import Pair

_CODES = ".- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --.."
CODE = dict(zip(string.ascii_uppercase, _CODES.split(), strict=True))
LONG, BETWEEN_LETTERS = 3, 3  # in the length of a short tone; between the tones of a letter it is silent for one
SHORT_SECONDS = (0.05, 0.09)  # a tone: 13 to 24 words a minute
PITCHES = (400.0, 880.0)  # Hz
EDGE = 8  # samples over which a tone swells and fades: a click would sound at every pitch
UNEVEN = 0.12  # a hand's tones and silences are longer or shorter by that share


@dataclass(frozen=True)
class Morse(SignalTask[str]):
    """Morse code at any usual speed and pitch, with noise: a sound becomes "SOS".

    The source is a recording, read as a spectrogram, ten places a second.  A letter ends when it has been silent for
    long enough: the model looks at its tones and at the silence after them.
    """

    most_letters: int = setting(6, low=1, high=8, what="longest row of letters", help="letters of a message, at most")
    noise: float = setting(
        10.0,
        low=-10,
        high=60,
        what="least distance of tone and noise in dB",
        help="how much louder tones are, at least",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        check_whole("longest row of letters", self.most_letters, 1, 8)

    @property
    def signal(self) -> str:
        return "sound"

    def choose(self, chance: random.Random) -> str:
        return "".join(chance.choices(string.ascii_uppercase, k=chance.randint(1, self.most_letters)))

    def sentence(self, scene: str) -> str:
        return scene

    def draw(self, scene: str, dice: Dice) -> Pair:
        loudness, letters = keyed(scene, dice)
        times = np.arange(len(loudness), dtype=np.float32)
        tone = loudness * np.sin(times * np.float32(2 * np.pi * dice.uniform(*PITCHES) / RATE))
        distance = dice.uniform(self.noise, self.noise + 20)
        sound = 0.5 * tone + dice.standard_normal(len(tone), np.float32) * np.float32(
            0.5 * 0.5**0.5 * 10 ** (-distance / 20)
        )
        row = HOP * Sound.frames  # samples of a place
        last = (len(sound) - WINDOW) // row
        places = frozenset(
            (place, word)
            for word, (start, end) in enumerate(letters)
            for place in range(start // row, min((end - 1) // row, last) + 1)
        )
        return Pair(as_document(Sound.media, write_wav(sound)), scene, places=places)


def keyed(letters: str, dice: Dice) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """How loud the tone is at each sample, and from where to where each letter sounds, its silence included."""
    short = dice.uniform(*SHORT_SECONDS) * RATE
    lengths, on, marks = [2 * short], [0.0], []
    for letter in letters:
        first = len(lengths)
        for tone in CODE[letter]:
            lengths += [short * (LONG if tone == "-" else 1), short]
            on += [1.0, 0.0]
        lengths[-1] = short * BETWEEN_LETTERS
        marks.append((first, len(lengths)))
    samples = (np.array(lengths) * dice.uniform(1 - UNEVEN, 1 + UNEVEN, len(lengths))).astype(int)
    edges = [0, *np.cumsum(samples).tolist()]
    hard = np.repeat(np.array(on, np.float32), samples)
    sums = hard.cumsum()
    soft = sums.copy()
    soft[EDGE:] -= sums[:-EDGE]
    soft /= EDGE
    return soft, [(edges[first], edges[last]) for first, last in marks]
