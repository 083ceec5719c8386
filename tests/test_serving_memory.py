"""Free memory goes back, though small pieces that are kept lie between."""

import platform

import numpy as np
import pytest

from s2s_demo.serving.memory import give_back
from tests.tools.crowd import resident

PIECES, LARGE, SMALL = 2000, 12_000, 200  # numbers of 8 bytes


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries do as they like")
def test_memory_between_what_is_kept_goes_back_to_the_system() -> None:
    pieces = [(np.ones(LARGE), np.ones(SMALL)) for _ in range(PIECES)]
    kept = [small for _, small in pieces]
    before = resident()  # what is let go of may go back at once, as far as nothing kept lies behind it
    del pieces
    give_back()
    assert before - resident() > PIECES * LARGE * 8 / 2**20 / 2
    assert len(kept) == PIECES
