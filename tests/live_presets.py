"""What the presets of tab Train reach on held-out pairs: `python -m tests.live_presets [NAME ...]`.

With `--soon` instead: after how many updates and processor seconds 90 % of a part of them are right.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from s2s_demo.card import save_measured
from s2s_demo.decoding import Greedy
from s2s_demo.errors import SettingError
from s2s_demo.live import PRESETS, Run, preset_key
from s2s_demo.live.records import Check
from s2s_demo.tasks import make_task
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair
from s2s_demo.translator import Translation

ENOUGH = 0.9  # of the validation pairs


@dataclass(frozen=True)
class Answers:
    """Held-out pairs and what a preset's model made of them; processor seconds of its training."""

    pairs: Sequence[Pair]
    translations: Sequence[Translation]
    seconds: float

    def exact_match(self, part: slice = slice(None)) -> float:
        """The share of right answers; `part` of the pairs only."""
        made = list(zip(self.pairs, self.translations, strict=True))[part]
        return sum(translation.text == pair.target for pair, translation in made) / len(made)


def learn(preset: str, pairs: Sequence[Pair], **changed: Any) -> Answers:
    """Train as the page does, from the preset's first update to its last; then translate the pairs."""
    settings = replace(PRESETS[preset], **changed)
    run, began = Run(settings, settings.make_task(), judge_every=settings.updates), time.process_time()
    run.start()
    assert run.join(settings.seconds)
    seconds, view = time.process_time() - began, run.view()
    assert view.update == settings.updates, view.status
    return Answers(pairs, run.translator().translate_all([pair.source for pair in pairs], Greedy()), seconds)


def soon(preset: str) -> dict[str, Any]:
    """Train and judge as the page does until ENOUGH validation pairs are right, or to the last update."""
    settings = PRESETS[preset]
    run, began = Run(settings, settings.make_task()), time.process_time()
    run.start()
    checks: Sequence[Check] = ()
    while not run.join(0.1) and not (checks and checks[-1].exact_match >= ENOUGH):
        checks = [check for lane in run.view().lanes for check in lane.checks]  # no lane yet: it is prepared
    seconds, (lane,) = time.process_time() - began, run.view().lanes
    reached = next((check for check in lane.checks if check.exact_match >= ENOUGH), lane.checks[-1])
    run.stop()
    run.join()
    return {
        "preset": preset,
        "task_settings": settings.task_settings,
        "updates": reached.update,
        "exact_match": reached.exact_match,
        "seconds": seconds,
    }


def main() -> None:
    """A row for each preset: the shorter half of its held-out sources, the longer half, all; or how soon."""
    made = [name for name, settings in PRESETS.items() if isinstance(make_task(settings.task), MadeTask)]
    parser = argparse.ArgumentParser(prog="python -m tests.live_presets", description=__doc__)
    parser.add_argument("preset", nargs="*", metavar="NAME", help="; ".join(made) + " (default: all of them)")
    parser.add_argument("--soon", action="store_true", help="measure how soon 90 %% are right")
    parser.add_argument("--save", action="store_true", help="write that into the card of the task's shipped model")
    options = parser.parse_args()
    try:
        asked = [preset_key(given) for given in options.preset]
    except SettingError as error:
        parser.error(str(error))
    if options.soon:
        say("preset", "updates", "processor seconds", "exact match of validation pairs")
        say(*["---"] * 4)
        for name in asked or made:
            found = soon(name)
            say(name, found["updates"], f"{found['seconds']:.0f}", f"{found['exact_match']:.1%}")
            if options.save:
                save_measured(PRESETS[name].task, "lesson", found)
        return
    say("preset", "task", "updates", "processor seconds", "exact match, short half", "long half", "all")
    say(*["---"] * 7)
    for name in asked or made:
        settings = PRESETS[name]
        task = settings.make_task()
        found = learn(name, sorted(task.val() + task.test(), key=lambda pair: len(pair.source)))
        half = len(found.pairs) // 2
        shares = [found.exact_match(part) for part in (slice(half), slice(half, None), slice(None))]
        say(name, settings.task, settings.updates, f"{found.seconds:.0f}", *(f"{share:.1%}" for share in shares))


def say(*cells: object) -> None:
    """A row of a Markdown table, at once."""
    sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
