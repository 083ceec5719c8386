"""A class of thirty presses Enter at once: what waits is translated together, in one search.

As many searches go on as half the processors can carry, each on one of them: the other half hands questions in and
answers out.  What comes meanwhile waits for the next search, and shares it: thirty together take as long as eight one
by one.
"""

import itertools
import os
import threading
from collections import defaultdict
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue

from s2s_demo.decoding import Strategy
from s2s_demo.live.right_of_way import on_one_processor
from s2s_demo.serving.memory import give_back
from s2s_demo.translator import Translation, Translator

AT_ONCE = 32
SEARCHES = max(1, (os.cpu_count() or 1) // 2)
WORKERS = SEARCHES + 1  # one long text does not hold up everybody
TIDIED = 16  # searches after which memory that is free is given back
LONG = 1.0  # seconds after which a search is not waited for any more


@dataclass(frozen=True)
class Job:
    """One text on its way to its translation."""

    translator: Translator
    text: str
    strategy: Strategy
    answer: "Future[Translation]" = field(default_factory=Future)


class Batcher:
    """Translates texts of many threads; those that wait with the same model and settings share a search."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Job] = SimpleQueue()
        self._turn = threading.BoundedSemaphore(SEARCHES)
        self._start = threading.Lock()
        self._started = False

    def translate(self, translator: Translator, text: str, strategy: Strategy) -> Translation:
        """As `Translator.translate`; blocks until the answer is there, and raises what it raises.

        A visitor's mistake is found here, in the thread that asks, so that nobody else waits for it.
        """
        translator.check(text)
        with self._start:
            if not self._started:
                for _ in range(WORKERS):
                    threading.Thread(target=self._work, name="s2s-translate", daemon=True).start()
                self._started = True
        job = Job(translator, text, strategy)
        self._waiting.put(job)
        return job.answer.result()

    def _work(self) -> None:
        on_one_processor()
        for number in itertools.count(1):
            first = [self._waiting.get()]
            in_turn = self._turn.acquire(timeout=LONG)
            try:
                groups = self._groups(first.pop())
                while groups:
                    translate_together(groups.pop())  # nothing is kept: a worker at rest holds no visitor's model
            finally:
                if in_turn:
                    self._turn.release()
            if number % TIDIED == 0:
                give_back()

    def _groups(self, first: Job) -> list[list[Job]]:
        """What waits, `first` at the front, by model and settings."""
        jobs = [first]
        try:
            while len(jobs) < AT_ONCE:
                jobs.append(self._waiting.get_nowait())
        except Empty:
            pass
        alike: dict[tuple[int, Strategy], list[Job]] = defaultdict(list)
        for job in jobs:
            alike[id(job.translator), job.strategy].append(job)
        return [*alike.values()][::-1]  # who came first is served first


def translate_together(jobs: list[Job]) -> None:
    """One search for jobs with the same model and settings, whose texts have been checked."""
    try:
        found = jobs[0].translator.translate_all([job.text for job in jobs], jobs[0].strategy)
    except Exception as error:  # noqa: BLE001  (a bug: handed to the threads that asked)
        for job in jobs:
            job.answer.set_exception(error)
        return
    for job, translation in zip(jobs, found, strict=True):
        job.answer.set_result(translation)
