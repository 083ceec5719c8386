"""A start that looks for no garbage and writes no stubs leaves both as they were."""

import gc
import inspect

from s2s_demo.serving.starting import starting


def test_garbage_is_looked_for_again_but_not_among_what_the_start_made() -> None:
    file_of = inspect.getfile
    try:
        with starting():
            assert not gc.isenabled()
            made = [[] for _ in range(1000)]
        assert gc.isenabled()
        assert inspect.getfile is file_of
        assert gc.get_freeze_count() >= len(made)
    finally:
        gc.unfreeze()
