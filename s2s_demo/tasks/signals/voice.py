"""A voice of our own: a train of pulses and noise, shaped by the resonances of a mouth that moves.

The source-filter model (Fant 1960) with formants in cascade, as Klatt (1980) put it; the formants of the vowels are
about those that Peterson and Barney (1952) measured.  Each pulse rings as the mouth stands when it comes; the noise of
a breath is shaped in short pieces.  No voice is recorded.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from s2s_demo.signals.speech import RATE

Numbers = NDArray[np.float64]
Samples = NDArray[np.float32]
Dice = np.random.Generator

STEP = 80  # samples of one position of the mouth: 10 milliseconds
RING = 256  # samples that a pulse rings for
TONES = np.fft.rfftfreq(RING, 1 / RATE).astype(np.float32)
HANN = np.hanning(2 * STEP).astype(np.float32)
BANDWIDTHS = np.array([70.0, 90.0, 140.0, 220.0])  # Hz, of the four formants
DAMPING = (1j * TONES * BANDWIDTHS[:, None]).astype(np.complex64)
FOURTH = 3400.0  # Hz: the fourth formant, which tells no sound from another
GLIDE = 5  # positions over which the mouth moves from one sound to the next
SWELL = 2  # and over which loudness does
REST = 4  # positions after a digit: what was set ringing dies away

# Each sound: three formants (Hz, of a man), how loud voice, breath and hiss are, the pitch of the hiss, milliseconds.
SOUNDS: dict[str, tuple[float, ...]] = {
    "i": (280, 2250, 2950, 0.9, 0, 0, 0, 130),
    "I": (400, 1950, 2550, 0.9, 0, 0, 0, 80),
    "e": (530, 1840, 2480, 1.0, 0, 0, 0, 100),
    "@": (500, 1400, 2450, 0.9, 0, 0, 0, 60),
    "V": (640, 1190, 2390, 1.0, 0, 0, 0, 110),
    "a": (720, 1150, 2450, 1.0, 0, 0, 0, 110),
    "O": (520, 850, 2410, 1.0, 0, 0, 0, 170),
    "o": (480, 920, 2350, 1.0, 0, 0, 0, 100),
    "u": (320, 950, 2250, 0.9, 0, 0, 0, 150),
    "U": (360, 1500, 2300, 0.9, 0, 0, 0, 60),  # a "u" that begins further in front, as after "t"
    "w": (300, 640, 2200, 0.7, 0, 0, 0, 60),
    "r": (330, 1100, 1550, 0.7, 0, 0, 0, 70),
    "n": (260, 1500, 2450, 0.35, 0, 0, 0, 80),
    "z": (260, 1500, 2550, 0.3, 0, 0.35, 3700, 80),
    "v": (260, 1100, 2150, 0.35, 0, 0.06, 2500, 60),
    "s": (320, 1500, 2550, 0, 0, 0.55, 3750, 110),
    "f": (340, 1100, 2150, 0, 0, 0.12, 2600, 100),
    "T": (320, 1400, 2550, 0, 0, 0.09, 3000, 100),
    "-": (350, 1650, 2600, 0, 0, 0, 0, 55),  # closed, before a sound that bursts
    "t": (350, 1700, 2650, 0, 0.05, 0.6, 3500, 18),
    "k": (330, 1900, 2400, 0, 0.05, 0.5, 1900, 20),
    "h": (450, 1600, 2500, 0, 0.3, 0, 0, 35),  # the breath after a burst
}
DIGITS = {
    "0": ("zIro", "zirou", "zIrO"),
    "1": ("wVn", "wan"),
    "2": ("-thUu", "-thu"),
    "3": ("Tri",),
    "4": ("fOr", "fO", "fO@"),
    "5": ("faIv", "fVIv"),
    "6": ("sI-khs", "sI-ks"),
    "7": ("sev@n", "sevn"),
    "8": ("eI-t", "eI-th", "eI-"),
    "9": ("naIn", "nVIn"),
}
PLACE = {sound: place for place, sound in enumerate(SOUNDS)}
VALUES = np.array([*SOUNDS.values()])


@dataclass(frozen=True)
class Voice:
    """Who speaks: pitch in Hz, a mouth `size` times as small as a man's, and habits.

    `pace` lengthens every sound, `breath` is noise in the voice, `tilt` how much darker a voice is than another (a
    power of the pitch); `accent` moves the formants of each sound [sounds, 3].
    """

    pitch: float
    size: float
    pace: float
    breath: float
    tilt: float
    accent: Numbers

    @classmethod
    def drawn(cls, dice: Dice) -> "Voice":
        """Men, women and children, each as no other."""
        size = dice.uniform(0.9, 1.32)
        pitch = 115 * (size**2.6) * dice.uniform(0.75, 1.35)
        accent = dice.normal(1, 0.05, (len(SOUNDS), 3)).clip(0.88, 1.12)
        return cls(pitch, size, dice.uniform(0.75, 1.35), dice.uniform(0, 0.12), dice.uniform(0.3, 1.3), accent)


def spoken(digits: str, voice: Voice, dice: Dice) -> list[Samples]:
    """Digits, each said once by a voice: samples at RATE."""
    said = [DIGITS[digit][int(dice.integers(len(DIGITS[digit])))] for digit in digits]
    order = [PLACE[sound] for sounds in said for sound in sounds]
    ends = np.cumsum([len(sounds) for sounds in said]) - 1  # the last sound of each digit
    values = VALUES[order]
    formants = values[:, :3] * voice.size * voice.accent[order] * dice.normal(1, 0.025, (len(order), 3))
    lengths = values[:, 7] / 1000 * voice.pace * dice.uniform(0.8, 1.25, len(order))
    lengths[ends] *= dice.uniform(1, 1.5, len(ends))
    steps = np.maximum(2, lengths * RATE / STEP).astype(int)
    steps[ends] += REST
    loud = np.repeat(values[:, 3:6] * dice.uniform(0.8, 1.25, (1, 3)), steps, axis=0)
    last = np.cumsum(steps)[ends]  # where each digit and the silence after it end
    loud[(last[:, None] - np.arange(1, REST + 1)).ravel()] = 0
    mouth = smoothed(np.repeat(formants, steps, axis=0), GLIDE, hold=True)
    hisses = np.repeat(values[:, 6] * dice.uniform(0.9, 1.1), steps)
    sound = shaped(voice, mouth, smoothed(loud, SWELL), hisses, dice)
    return np.split(sound[: last[-1] * STEP], last[:-1] * STEP)


def shaped(voice: Voice, mouth: Numbers, loud: Numbers, hisses: Numbers, dice: Dice) -> Samples:
    """Pulses and noise through the mouth: formants [N, 3], loudness of voice, breath and hiss [N, 3], its pitch [N]."""
    count = len(mouth)
    filters = resonances(mouth, voice.size)
    waves = 1 + 0.04 * np.sin(np.arange(count) * dice.uniform(0.1, 0.4))
    pitch = voice.pitch * dice.uniform(0.9, 1.12) * waves * np.linspace(1, dice.uniform(0.75, 1.05), count)
    pulses = np.flatnonzero(np.diff(np.floor(np.repeat(pitch / RATE, STEP).cumsum())))
    at = pulses // STEP
    rings = np.fft.irfft(filters[at] * loud[at, :1] / (1 + (TONES / 300) ** np.float32(voice.tilt)), RING)
    noise = np.fft.rfft(dice.standard_normal((count, 2 * STEP), np.float32) * HANN, RING)
    breath = (loud[:, 1:2] + voice.breath * loud[:, :1]) * 0.15 * filters
    hiss = loud[:, 2:] / (1 + ((TONES - hisses[:, None]) / (500 + 0.15 * hisses[:, None])) ** 2)
    pieces = np.fft.irfft(noise * (breath + 0.12 * hiss), RING)
    starts = np.concatenate([pulses, np.arange(count) * STEP])[:, None]
    sound = np.bincount((starts + np.arange(RING)).ravel(), np.concatenate([rings, pieces]).ravel())
    return sound.astype(np.float32)


def resonances(mouth: Numbers, size: float) -> NDArray[np.complex64]:
    """How the mouth answers each tone in each of its positions [N, 3] -> [N, RING / 2 + 1]: four formants."""
    squares = (
        np.concatenate([mouth, np.full((len(mouth), 1), FOURTH * size)], axis=1)[:, :, None].astype(np.float32) ** 2
    )
    found: NDArray[np.complex64] = (squares / (squares - TONES**2 + DAMPING * np.float32(size))).prod(axis=1)
    return found


def smoothed(track: Numbers, width: int, *, hold: bool = False) -> Numbers:
    """Means over `width` positions of a track [N, K]; beyond its ends it is silent, or where `hold` goes on."""
    padded = np.pad(track, ((width // 2, (width - 1) // 2), (0, 0)), mode="edge" if hold else "constant")
    sums = np.concatenate([np.zeros((1, track.shape[1])), padded.cumsum(axis=0)])
    found: Numbers = (sums[width:] - sums[:-width]) / width
    return found
