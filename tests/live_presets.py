"""What the presets of tab Train reach on held-out pairs: `python -m tests.live_presets [NAME ...]`."""

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from s2s_demo.decoding import Greedy
from s2s_demo.errors import SettingError
from s2s_demo.live import PRESETS, Run, preset_key
from s2s_demo.tasks import make_task
from s2s_demo.tasks.made import MadeTask
from s2s_demo.text import Pair
from s2s_demo.translator import Translation


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
    run, began = Run(settings, make_task(settings.task), judge_every=settings.updates), time.process_time()
    run.start()
    assert run.join(settings.seconds)
    seconds, view = time.process_time() - began, run.view()
    assert view.update == settings.updates, view.status
    return Answers(pairs, run.translator().translate_all([pair.source for pair in pairs], Greedy()), seconds)


def main() -> None:
    """A row for each preset: the shorter half of its held-out sources, the longer half, all."""
    made = [name for name, settings in PRESETS.items() if isinstance(make_task(settings.task), MadeTask)]
    parser = argparse.ArgumentParser(prog="python -m tests.live_presets", description=__doc__)
    parser.add_argument("preset", nargs="*", metavar="NAME", help="; ".join(made) + " (default: all of them)")
    try:
        asked = [preset_key(given) for given in parser.parse_args().preset]
    except SettingError as error:
        parser.error(str(error))
    say("preset", "task", "updates", "processor seconds", "exact match, short half", "long half", "all")
    say(*["---"] * 7)
    for name in asked or made:
        settings = PRESETS[name]
        task = make_task(settings.task)
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
