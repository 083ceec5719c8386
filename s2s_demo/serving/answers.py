"""Recent answers, so that nothing is searched twice: not later, and not by thirty visitors at once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future

from s2s_demo.serving.query import Query
from s2s_demo.translator import Translation


class Answers:
    """What one or several models answered lately: search trees of at most about `most_nodes` nodes, 0.8 kB each."""

    def __init__(self, most_nodes: int) -> None:
        self.most_nodes = most_nodes
        self._lock = threading.Lock()  # never held while a model works
        self._kept: OrderedDict[Query, Translation] = OrderedDict()
        self._under_way: dict[Query, Future[Translation]] = {}
        self._nodes = 0

    def of(self, query: Query, search: Callable[[], Translation]) -> Translation:
        """The answer to a query: kept from before, or what `search` finds, which one of those who ask calls.

        An error is told to all who wait for it, and not kept.
        """
        with self._lock:
            if query in self._kept:
                self._kept.move_to_end(query)
                return self._kept[query]
            found = self._under_way.get(query)
            mine = found is None
            found = self._under_way.setdefault(query, Future())
        if not mine:
            return found.result()
        try:
            translation = search()
        except BaseException as error:
            self._done(query)
            found.set_exception(error)
            raise
        self._done(query, translation)
        found.set_result(translation)
        return translation

    def _done(self, query: Query, translation: Translation | None = None) -> None:
        with self._lock:
            del self._under_way[query]
            if translation is None:
                return
            self._kept[query] = translation
            self._nodes += _nodes(translation)
            while self._nodes > self.most_nodes and len(self._kept) > 1:
                self._nodes -= _nodes(self._kept.popitem(last=False)[1])


def _nodes(translation: Translation) -> int:
    return sum(sentence.trace.considered for sentence in translation.sentences)
