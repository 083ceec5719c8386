"""Who can say a digit: a voice of our own, made in a millisecond, or programs that speak, where they are installed.

Those programs help to make a model that understands more than one synthesiser, and to ask how well it does; the page
needs none of them.
"""

import subprocess
import tempfile
import zlib
from functools import cache
from pathlib import Path

import numpy as np

from s2s_demo.errors import DataError
from s2s_demo.signals.speech import RATE
from s2s_demo.signals.wav import Samples, read_wav, resampled
from s2s_demo.tasks.signals.signal_task import Dice
from s2s_demo.tasks.signals.voice import Voice, spoken

WORDS = dict(zip("0123456789", "zero one two three four five six seven eight nine".split(), strict=True))
SPEAKERS = ("made", "espeak-ng", "both", "flite")  # "both": in training one of the first two, else the first
ACCENTS = ("en-us", "en-gb", "en-us", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-us-nyc", "en-029")
VOICES = {
    "espeak-ng": (
        "m1 f1 Alex Alicia adam linda m2 f2 Andrea Andy Annie Mike m3 f3 antonio aunty belinda steph m5 f5 benjamin "
        "boris caleb m4 david Denis Diogo ed edward f4 edward2 Gene Gene2 Hugo iven klatt2 iven2 Jacky john Lee klatt "
        "max marcelo Marco Mario Michael michel robert miguel pablo paul pedro quincy klatt4 rob sandro shelby zac "
        "klatt3 grandma victor travis m6 m7 norbert m8"
    ).split(),
    "flite": "kal awb rms slt".split(),
}
HELD_OUT = 6  # every sixth voice of espeak-ng never speaks in training; those of flite never do
TAKES = 2  # in which a voice of a program says a digit
STRETCH = (0.92, 1.1)  # by which a program's clip is played faster or slower


def said(digits: str, speakers: str, *, held_out: bool, dice: Dice) -> list[Samples]:
    """Digits one by one at RATE, all by one voice; a `held_out` one was never heard in training."""
    program = ("made", "espeak-ng")[int(dice.integers(2))] if speakers == "both" else speakers
    if program == "made":
        return spoken(digits, Voice.drawn(dice), dice)
    voices = VOICES[program]
    if program == "espeak-ng":
        voices = [name for place, name in enumerate(voices) if (place % HELD_OUT == HELD_OUT - 1) == held_out]
    name = str(dice.choice(voices))
    stretch = dice.uniform(*STRETCH) * RATE
    return [resampled(clip(program, name, digit, int(dice.integers(TAKES))), RATE, stretch) for digit in digits]


@cache
def clip(program: str, voice: str, digit: str, take: int) -> Samples:
    """A digit as a voice of a program says it, without the silence around it; DataError without that program."""
    number = zlib.crc32(f"{voice}/{digit}/{take}".encode())
    accent, pitch, speed = ACCENTS[number % len(ACCENTS)], 25 + number // 8 % 50, 120 + number // 400 % 100
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "digit.wav"
        if program == "flite":
            order = ["flite", "-voice", voice, "--setf", f"duration_stretch={120 / speed + 0.25:.2f}"]
            order += ["-t", WORDS[digit], "-o", str(path)]
        else:
            order = ["espeak-ng", "-v", f"{accent}+{voice}", "-p", str(pitch), "-s", str(speed), "-w", str(path)]
            order += [WORDS[digit]]
        try:
            subprocess.run(order, check=True, capture_output=True)  # noqa: S603  # words of our own
        except (OSError, subprocess.CalledProcessError) as error:
            raise DataError("signal.no-speaker", program=program, why=error) from error
        return trimmed(read_wav(path.read_bytes(), RATE))


def trimmed(sound: Samples) -> Samples:
    """A sound from where it is heard to where it is last heard, as loud as our own voices are."""
    (heard,) = (np.abs(sound) > 0.02 * np.abs(sound).max()).nonzero()
    found: Samples = sound[heard[0] : heard[-1] + 1] / (4 * np.abs(sound).max())
    return found
