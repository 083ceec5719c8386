"""The models on the page: loaded once, shared by all visitors, read-only; and the answers they gave lately."""

import logging
import threading
from collections import OrderedDict

from s2s_demo import checkpoint
from s2s_demo.errors import CheckpointError, SettingError, check_choice
from s2s_demo.serving import catalogue
from s2s_demo.serving.batching import Batcher
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.query import Query
from s2s_demo.translator import Translation, Translator

log = logging.getLogger(__name__)

NODES_KEPT = 400_000  # of the search trees of recent answers; about 200 MB
MODELS_PER_VISITOR = 4


class Library:
    """Translators by name.  A visitor, known by a session's hash, may add models only this visitor sees."""

    def __init__(self) -> None:
        self._lock = threading.Lock()  # guards the dictionaries; never held while a model works
        self._loading: dict[str, threading.Lock] = {}
        self._shared: dict[str, Translator] = {}
        self._private: dict[str, OrderedDict[str, Translator]] = {}
        self._answers: OrderedDict[tuple[int, Query], tuple[Translator, Translation]] = OrderedDict()
        self._nodes = 0
        self._batcher = Batcher()

    def names(self, visitor: str | None = None) -> list[str]:
        """What `get` knows: the shipped checkpoints, then the visitor's own models."""
        with self._lock:
            own = list(self._private.get(visitor or "", ()))
        return [*checkpoint.available(), *own]

    def entries(self, visitor: str | None = None) -> list[Entry]:
        """What `names` lists, as the pickers show it: translators, made tasks, the visitor's own; none is loaded."""
        with self._lock:
            own = list(self._private.get(visitor or "", {}).items())
        shipped = sorted(map(_entry, checkpoint.available()), key=lambda entry: entry.rank)
        return [*shipped, *(catalogue.own_entry(name, translator) for name, translator in own)]

    def choices(self, visitor: str | None = None) -> list[tuple[str, str]]:
        """The models for a picker: (label, name)."""
        return [(entry.label, entry.name) for entry in self.entries(visitor)]

    def examples(self, name: str, visitor: str | None = None) -> tuple[str, ...]:
        """Sentences to try with a model; none for an unknown one."""
        try:
            translator = self.get(name, visitor)
        except SettingError:
            return ()
        return catalogue.examples(translator.source_language, translator.card)

    def get(self, name: str, visitor: str | None = None) -> Translator:
        """A translator, loaded at its first use; raises SettingError for an unknown name."""
        with self._lock:
            own = self._private.get(visitor or "", OrderedDict()).get(name) or self._shared.get(name)
            loading = self._loading.setdefault(name, threading.Lock()) if name in checkpoint.available() else None
        if own:
            return own
        if loading is None:
            check_choice("model", name, self.names(visitor))
            raise SettingError(f"the model {name!r} has just been removed; choose another")
        with loading:
            if name not in self._shared:
                self._shared[name] = checkpoint.load(name)
            return self._shared[name]

    def add(self, visitor: str, name: str, translator: Translator) -> None:
        """Give one visitor a model of their own; the oldest leaves when there are too many."""
        if name in checkpoint.available():
            raise SettingError(f"{name!r} is the name of a shipped model; choose another name")
        with self._lock:
            own = self._private.setdefault(visitor, OrderedDict())
            own[name] = translator
            while len(own) > MODELS_PER_VISITOR:
                own.popitem(last=False)

    def forget(self, visitor: str) -> None:
        """The visitor has left: drop their models and the answers of these."""
        with self._lock:
            gone = {id(translator) for translator in self._private.pop(visitor, {}).values()}
            for key in [key for key in self._answers if key[0] in gone]:
                self._nodes -= _nodes(self._answers.pop(key)[1])

    def translate(self, query: Query, visitor: str | None = None) -> Translation:
        """The answer to a query; a recent one comes from memory."""
        translator = self.get(query.model, visitor)
        key = (id(translator), query)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key][1]
        translation = self._batcher.translate(translator, query.text, query.strategy)
        with self._lock:
            if key not in self._answers:
                self._answers[key] = translator, translation  # the translator stays, so that its id stays its own
                self._nodes += _nodes(translation)
            while self._nodes > NODES_KEPT and len(self._answers) > 1:
                self._nodes -= _nodes(self._answers.popitem(last=False)[1][1])
        return translation

    def preload(self, query: Query) -> threading.Thread:
        """Answer a query in the background, so that its model is loaded and the first visitor does not wait."""

        def work() -> None:
            try:
                self.get(query.model).translate(
                    query.text, query.strategy
                )  # a first run is slow and tells no true time
                self.translate(query)
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


def _nodes(translation: Translation) -> int:
    return sum(len(sentence.tree.nodes) for sentence in translation.sentences)
