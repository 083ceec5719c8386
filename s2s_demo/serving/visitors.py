"""What each visitor owns, in one place, so that all of it is gone when the visitor is."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from s2s_demo.errors import InputError
from s2s_demo.live import Runs
from s2s_demo.serving.answers import Answers
from s2s_demo.serving.classes import Classes
from s2s_demo.serving.turns import Turns
from s2s_demo.serving.uploads import Uploads
from s2s_demo.tasks import Task
from s2s_demo.tasks.own_file import Table
from s2s_demo.translator import Translator

MODELS = 4  # of a visitor's own, at most
NODES = 40_000  # of the search trees that each of them keeps; about 30 MB
FILES = 20
MOST, REMEMBERED = 10_000, 10_000  # visitors at once, and closed sessions


@dataclass(frozen=True)
class Model:
    """A visitor's own model, with its answers: both are gone when another model takes its name."""

    translator: Translator
    answers: Answers


@dataclass(frozen=True)
class OwnPairs:
    """A visitor's own pairs: the task they make, and the table they stand in, whose other columns may be asked for."""

    task: Task
    table: Table


class Visitor:
    """Models, pairs, files and turns of one visitor; the live run is in `Runs`, under the same session.

    A closed visitor owns nothing and takes nothing: what is brought late is refused.
    """

    def __init__(self, uploads: Uploads, *, closed: bool = False) -> None:
        self._lock = threading.Lock()  # no other lock is taken while this one is held
        self._uploads, self._closed = uploads, closed
        self._models: OrderedDict[str, Model] = OrderedDict()
        self._files: OrderedDict[Path, bytes] = OrderedDict()
        self._turns: dict[str, Turns] = {}
        self._own: OwnPairs | None = None

    @property
    def models(self) -> dict[str, Model]:
        """The visitor's own models by name, the oldest first."""
        with self._lock:
            return dict(self._models)

    def add(self, name: str, translator: Translator) -> None:
        """Own a model; one of this name is replaced, and the oldest leaves when there are too many."""
        with self._lock:
            self._refuse_if_closed()
            self._models.pop(name, None)
            self._models[name] = Model(translator, Answers(NODES))
            while len(self._models) > MODELS:
                self._models.popitem(last=False)

    @property
    def own(self) -> OwnPairs | None:
        """The visitor's own pairs, if any were brought."""
        return self._own

    @own.setter
    def own(self, pairs: OwnPairs) -> None:
        with self._lock:
            self._refuse_if_closed()
            self._own = pairs

    def content(self, path: Path, most_bytes: int) -> bytes:
        """An uploaded file that may be asked for again; DataError if it is too large or not there any more."""
        if path.exists() or path not in self._files:
            content = self._uploads.take(path, most_bytes)
            with self._lock:
                if not self._closed:
                    self._files[path] = content
                    while len(self._files) > FILES:
                        self._files.popitem(last=False)
            return content
        return self._files[path]

    def turns(self, place: str) -> Turns:
        """The visitor's turns in a place of the page."""
        with self._lock:
            return Turns() if self._closed else self._turns.setdefault(place, Turns())

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._closed = True
            for turns in self._turns.values():
                turns.end()
            self._turns.clear()
            self._models.clear()
            self._files.clear()
            self._own = None

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise InputError("page.closed")


class Visitors:
    """All visitors by their session, their live runs, and the classes that some of them opened."""

    def __init__(self, runs: Runs | None = None) -> None:
        self.runs, self.uploads, self.classes = runs or Runs(), Uploads(), Classes()
        self._lock = threading.Lock()  # no other lock is taken while this one is held
        self._here: OrderedDict[str, Visitor] = OrderedDict()  # who came last is last
        self._closed: OrderedDict[str, None] = OrderedDict()

    def of(self, session: str | None) -> Visitor:
        """Who belongs to a session; for none, and for a closed one, somebody who owns nothing."""
        with self._lock:
            if not session or session in self._closed:
                return Visitor(self.uploads, closed=True)
            visitor = self._here.setdefault(session, Visitor(self.uploads))
            self._here.move_to_end(session)
            too_many = next(iter(self._here)) if len(self._here) > MOST else None
        if too_many:
            self.close(too_many)
        return visitor

    def close(self, session: str) -> None:
        """The page is gone: free all that its visitor owns, and nothing that comes late brings it back."""
        with self._lock:
            self._closed[session] = None
            while len(self._closed) > REMEMBERED:
                self._closed.popitem(last=False)
            visitor = self._here.pop(session, None)
        self.runs.close(session)
        self.classes.close(session)
        if visitor:
            visitor.close()
        self.uploads.forget()
