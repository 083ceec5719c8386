"""Visitors who train, use their model, translate and leave: how much memory the process holds before and after.

Run by a test in a process of its own: `python tests/come_and_go.py 25` prints the megabytes before and after.
"""

import contextlib
import ctypes
import gc
import sys
from dataclasses import replace
from pathlib import Path

import torch
from live_cases import TINY, Copy

from s2s_demo.decoding import Beam
from s2s_demo.live import as_translator
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Query

WARM_UP = 5  # visitors before the first measurement
SETTINGS = replace(TINY, updates=2, hidden_size=160)  # 2.5 MB of weights


def main() -> None:
    torch.set_num_threads(1)
    library = Library()
    for number in range(WARM_UP):
        come_and_go(library, f"early {number}")
    before = resident()
    for number in range(int(sys.argv[1])):
        come_and_go(library, f"visitor {number}")
    print(before, resident())  # noqa: T201
    library.visitors.runs.shutdown()


def come_and_go(library: Library, session: str) -> None:
    """Train, take the model to Translate twice, as after another look at it, translate with both, and leave."""
    run = library.visitors.runs.submit(session, SETTINGS, Copy(), probes=["ab"])
    assert run.join(60)
    for text in ("ab", "cd"):
        library.add(session, "mine", as_translator(run))
        library.translate(Query(text, "mine", Beam(size=2)), session)
    library.visitors.close(session)


def resident() -> float:
    """Megabytes of memory that this process holds, when all that is free has been given back."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20


if __name__ == "__main__":
    main()
