"""What visitors do with their runs, pairs and models on tab Train.  Knows no components, and no events."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from s2s_demo.errors import DataError, InputError
from s2s_demo.live import Change, Run, RunSettings, as_translator, export_zip, import_zip
from s2s_demo.live.takeaway import UPLOAD_BYTES
from s2s_demo.serving.library import Library
from s2s_demo.serving.names import task_name
from s2s_demo.serving.visitors import OwnPairs
from s2s_demo.signals.document import brief
from s2s_demo.tasks import TASKS, ReadPairs, Task
from s2s_demo.tasks.encodings import text_of
from s2s_demo.tasks.own_file import MAX_BYTES, OwnFile, Table, pairs_of, table_of
from s2s_demo.translator import Translator
from s2s_demo.ui.parts.download import File, file_value
from s2s_demo.ui.train.form import Form, forcing_of, lines, number_of, sources
from s2s_demo.ui.train.presets import preset_settings
from s2s_demo.ui.train.shown import Screen, Seen
from s2s_demo.words import ORIGINAL, Said, say, speaking

OWN = "own-file"  # the name of a visitor's own task
TICK = 0.25  # seconds between two looks at a run
ALIVE = 20  # ticks after which something is sent even if nothing changed


class Trainer:
    """What tab Train does for visitors, who are known by their session's hash."""

    def __init__(self, library: Library) -> None:
        self.library, self.visitors, self.runs = library, library.visitors, library.visitors.runs

    def task(self, name: str, visitor: str) -> Task:
        """A task by name, made once for all visitors; the visitor's own under `OWN`."""
        return self._own(visitor).task if name == OWN else self.library.tasks.get(name)

    def preset(self, preset: str | None, name: str, visitor: str) -> RunSettings:
        """What a preset means for a task."""
        return preset_settings(preset, name, self.task(name, visitor))

    def examples(self, name: str, visitor: str) -> list[str]:
        """Sentences of the task that are worth watching; a DataError says what to do if its corpus is not here."""
        task = self.task(name, visitor)
        try:
            return [brief(example) for example in task.examples[:3]]
        except DataError as error:
            raise DataError("train.no-corpus", error=str(error).rstrip("."), own=Said("train.own-file")) from error

    def start(self, visitor: str, name: str, preset: str | None, probes: str, form: Form) -> None:
        """A new run; the visitor's old one ends."""
        settings = form.settings(self.preset(preset, name, visitor))
        self.examples(name, visitor)  # an absent corpus is told here, before anything is built
        task = self.task(name, visitor)
        self.runs.submit(visitor, settings, task, probes=sources(lines(probes), task))

    async def watch(self, visitor: str, language: str = ORIGINAL) -> AsyncIterator[Seen]:
        """What the page shows of the visitor's run, until the run ends or another watch takes over.

        Looking and drawing are done in another thread, so that the event loop serves others meanwhile.
        """
        turns = self.visitors.of(visitor).turns("watch")
        turn, screen, silent = turns.take(), Screen(), ALIVE

        def look() -> tuple[Seen | None, bool] | None:
            view = self.runs.view(visitor)
            if view is None:
                return None
            with speaking(language):
                return screen.show(view, anyway=silent >= ALIVE), view.ended

        while turns.goes_on(turn) and (found := await asyncio.to_thread(look)) is not None:
            seen, ended = found
            silent = 0 if seen else silent + 1
            if seen:
                yield seen
            if ended:
                break
            await asyncio.sleep(TICK)

    def pause_or_resume(self, visitor: str) -> None:
        """One button for both."""
        self.runs.act(visitor, lambda run: run.resume() if run.state == "paused" else run.pause())

    def attempt(self, visitor: str) -> str:
        """What the visitor's run does now; a control belongs to it, and is not obeyed after a rewind."""
        run = self.runs.get(visitor)
        return run.attempt if run else ""

    def force(self, visitor: str, attempt: str, lane: str, *values: Any) -> None:
        """Teacher forcing: switch, ratio, schedule and its length, from the next update on."""
        self._change(visitor, attempt, lane, Change(teacher_forcing=forcing_of(*values)))

    def rate(self, visitor: str, attempt: str, lane: str, rate: Any) -> None:
        """Another learning rate, constant from the next update on."""
        self._change(visitor, attempt, lane, Change(learning_rate=number_of("learning rate", rate)))

    def clip(self, visitor: str, attempt: str, lane: str, clip: Any) -> None:
        """Another limit for the gradient's norm."""
        self._change(visitor, attempt, lane, Change(clip=number_of("clip", clip)))

    def fork(self, visitor: str, what: str, ratio: Any, rate: Any) -> None:
        """Go on as two that differ in one thing."""
        self._run(visitor)
        if what == "attention":
            self.runs.act(visitor, lambda run: run.fork(attention="none"))
            return
        forcing = Change(teacher_forcing=forcing_of(True, ratio, "constant", 1))
        change = Change(learning_rate=number_of("learning rate", rate)) if what == "rate" else forcing
        self.runs.act(visitor, lambda run: run.fork(change))

    def probe(self, visitor: str, text: str) -> None:
        """Watch other sentences."""

        def watch(run: Run) -> None:
            run.set_probes(sources(lines(text), self.task(run.settings.task, visitor)))

        self.runs.act(visitor, watch)

    def use(self, visitor: str, lane: str) -> tuple[str, str]:
        """Give the visitor's Translate the model as it stands; its name there, and a sentence to begin with."""
        run = self._run(visitor)
        name = self._add(visitor, as_translator(run, lane or "A"))
        return name, self.examples(run.settings.task, visitor)[0]

    def save(self, visitor: str, lane: str) -> str:
        """The model as a zip: the value of a download_view."""
        run = self._run(visitor)
        return file_value(File(f"{run.settings.task}-live.zip", "application/zip", export_zip(run, lane or "A")))

    def load(self, visitor: str, path: Path) -> str:
        """A model that was downloaded before; its name in Translate."""
        with tempfile.TemporaryDirectory() as folder:
            content = self.visitors.uploads.take(path, UPLOAD_BYTES)
            return self._add(visitor, import_zip(content, Path(folder) / "model"))

    def read(self, visitor: str, path: Path) -> ReadPairs:
        """The visitor's own pairs, the visitor's task from now on; the file is deleted."""
        content = self.visitors.uploads.take(path, MAX_BYTES)
        return self._own_pairs(visitor, table_of(path.name, text_of(path.name, content)), None)

    def choose(self, visitor: str, source: Any, target: Any, *, source_moves: bool = False) -> ReadPairs:
        """The visitor's own pairs from other columns; of two sides with one column, one moves to the first other."""
        if source == target:
            free = 1 if source != 1 else 2
            source, target = (free, target) if source_moves else (source, free)
        return self._own_pairs(visitor, self._own(visitor).table, (source, target))

    def _own_pairs(self, visitor: str, table: Table, columns: tuple[int, int] | None) -> ReadPairs:
        read = pairs_of(table, columns)
        self.visitors.of(visitor).own = OwnPairs(OwnFile(read.pairs), table)
        return read

    def _own(self, visitor: str) -> OwnPairs:
        own = self.visitors.of(visitor).own
        if own is None:
            raise DataError("train.own-file-gone")
        return own

    def _change(self, visitor: str, attempt: str, lane: str, change: Change) -> None:
        self.runs.act(visitor, lambda run: run.change(change, lane=lane, attempt=attempt))

    def _run(self, visitor: str) -> Run:
        run = self.runs.get(visitor)
        if run is None or not run.view().lanes:
            raise InputError("train.no-run")
        return run

    def _add(self, visitor: str, translator: Translator) -> str:
        name = (
            say("train.yours", name=translator.name[:60])
            if translator.name in self.library.names()
            else translator.name[:60]
        )
        self.library.add(visitor, name, translator)
        return name


def task_choices(own_pairs: int = 0) -> list[tuple[str, str]]:
    """The tasks on offer, as a picker has them: the visitor's own first."""
    own = [(say("train.own-task", pairs=own_pairs), OWN)] if own_pairs else []
    return own + [(task_name(name), name) for name in TASKS]
