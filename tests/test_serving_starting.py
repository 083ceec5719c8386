"""A start that looks for no garbage and writes no stubs takes both up again; garbage more seldom."""

import gc
import inspect

from s2s_demo.serving.starting import YOUNG, starting


def test_garbage_is_looked_for_again_but_not_among_what_the_start_made() -> None:
    file_of, usual = inspect.getfile, gc.get_threshold()
    try:
        with starting():
            assert not gc.isenabled()
            made = [[] for _ in range(1000)]
        assert gc.isenabled()
        assert gc.get_threshold() == (YOUNG, *usual[1:])
        assert inspect.getfile is file_of
        assert gc.get_freeze_count() >= len(made)
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
