"""The models on the page: loaded once, shared by all visitors, read-only; and the answers they gave lately."""

import logging
import threading
from functools import partial

from s2s_demo import checkpoint
from s2s_demo.errors import CheckpointError, S2SError, SettingError, check_choice
from s2s_demo.live.right_of_way import on_one_processor
from s2s_demo.serving import catalogue
from s2s_demo.serving.answers import Answers
from s2s_demo.serving.batching import Batcher
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.query import Query
from s2s_demo.serving.tasks import Tasks
from s2s_demo.serving.visitors import Visitors
from s2s_demo.translator import Translation, Translator

log = logging.getLogger(__name__)

NODES_KEPT = 120_000  # of the search trees of recent answers; about 100 MB


class Library:
    """Translators by name.  A visitor, known by a session's hash, may own models that only this visitor sees."""

    def __init__(self, visitors: Visitors | None = None) -> None:
        self.visitors, self.tasks = visitors or Visitors(), Tasks()
        self._lock = threading.Lock()  # guards the dictionary; never held while a model works
        self._loading: dict[str, threading.Lock] = {}
        self._shared: dict[str, Translator] = {}
        self._answers = Answers(NODES_KEPT)
        self._batcher = Batcher()

    def names(self, visitor: str | None = None) -> list[str]:
        """What `get` knows: the shipped checkpoints, then the visitor's own models."""
        return [*checkpoint.available(), *self.visitors.of(visitor).models]

    def entries(self, visitor: str | None = None, *, signals: bool = False) -> list[Entry]:
        """What `names` lists, as the pickers show it: translators, made tasks, the visitor's own; none is loaded.

        Those that read text, or else those that read `signals`.
        """
        own = self.visitors.of(visitor).models.items()
        shipped = sorted(map(_entry, checkpoint.available()), key=lambda entry: entry.order)
        all_ = [*shipped, *(catalogue.own_entry(name, model.translator) for name, model in own)]
        return [entry for entry in all_ if bool(entry.signal) == signals]

    def choices(self, visitor: str | None = None, *, signals: bool = False) -> list[tuple[str, str]]:
        """The models for a picker: (label, name)."""
        return [(entry.label, entry.name) for entry in self.entries(visitor, signals=signals)]

    def examples(self, name: str, visitor: str | None = None) -> tuple[str, ...]:
        """Sentences to try with a model; none for an unknown one."""
        try:
            translator = self.get(name, visitor)
        except SettingError:
            return ()
        return catalogue.examples(translator.source_language, translator.card, translator.target_language)

    def get(self, name: str, visitor: str | None = None) -> Translator:
        """A translator, loaded at its first use; raises SettingError for an unknown name."""
        return self._find(name, visitor)[0]

    def add(self, visitor: str, name: str, translator: Translator) -> None:
        """Give one visitor a model of their own; InputError if the visitor has left."""
        if name in checkpoint.available():
            raise SettingError("model.shipped-name", name=name)
        self.visitors.of(visitor).add(name, translator)

    def translate(self, query: Query, visitor: str | None = None) -> Translation:
        """The answer to a query; a recent one comes from memory, one under way is waited for."""
        with self.visitors.runs.way.taken():
            translator, answers = self._find(query.model, visitor)
            return answers.of(query, partial(self._batcher.translate, translator, query.text, query.strategy))

    def _find(self, name: str, visitor: str | None) -> tuple[Translator, Answers]:
        """A model and its answers: those of a visitor's own are gone with the model."""
        if own := self.visitors.of(visitor).models.get(name):
            return own.translator, own.answers
        if name not in self._shared:
            if name not in checkpoint.available():
                if not (known := self.names(visitor)):
                    raise checkpoint.none_here()
                check_choice("model", name, known)
                raise SettingError("model.removed", name=name)
            with self._lock:
                loading = self._loading.setdefault(name, threading.Lock())
            with loading:
                if name not in self._shared:
                    self._shared[name] = checkpoint.load(name)
        return self._shared[name], self._answers

    def preload(self, query: Query) -> threading.Thread:
        """Answer a query in the background, so that its model is loaded and the first visitor does not wait."""

        def work() -> None:
            on_one_processor()
            try:
                self.get(query.model).translate(
                    query.text, query.strategy
                )  # a first run is slow and tells no true time
                self.translate(query)
            except S2SError as error:
                log.warning("the first example was not translated: %s", error)
            except Exception:
                log.exception("the first example could not be translated")

        thread = threading.Thread(target=work, name="s2s-preload", daemon=True)
        thread.start()
        return thread


def _entry(name: str) -> Entry:
    try:
        return catalogue.entry_of(checkpoint.describe(name))
    except CheckpointError:  # one damaged folder must not hide the others
        log.exception("the checkpoint %s cannot be described", name)
        return Entry(name, name, name, name, (2, 0, 0, name))
