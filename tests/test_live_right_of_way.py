"""Who asks comes first; who trains goes on all the same."""

import time
from contextlib import suppress

from s2s_demo.live.right_of_way import RightOfWay
from s2s_demo.live.run import Run
from tests.live_cases import TINY, Copy

SOON = 10.0


def test_no_update_is_made_while_somebody_waits_for_an_answer() -> None:
    way = RightOfWay(longest=60)
    run = Run(TINY, Copy(), way=way)
    with way.taken():
        run.start()
        time.sleep(0.3)
        assert run.view().update == 0
    assert run.join(SOON)
    assert (run.state, run.view().update) == ("finished", TINY.updates)


def test_a_training_goes_on_though_somebody_always_asks() -> None:
    way = RightOfWay(longest=0.001)
    run = Run(TINY, Copy(), way=way)
    with way.taken():
        run.start()
        assert run.join(SOON)
    assert run.view().update == TINY.updates


def test_the_way_is_free_when_the_last_of_several_has_an_answer_or_an_error() -> None:
    way = RightOfWay(longest=0.01)
    with suppress(ZeroDivisionError), way.taken():
        with way.taken():
            assert not way.give()
        assert not way.give()
        _ = 1 // 0
    assert way.give()
