"""A class that asks at once: one search for what is the same or alike, and nobody waits for a mistake of another."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from live_cases import wait_until

from s2s_demo import checkpoint, translator
from s2s_demo.decoding import Beam, Greedy, Strategy
from s2s_demo.errors import InputError, S2SError
from s2s_demo.serving import answers as answers_module
from s2s_demo.serving import batching
from s2s_demo.serving.answers import Answers
from s2s_demo.serving.batching import Batcher
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import Query
from s2s_demo.translator import MAX_CHARACTERS, Translation, Translator

CLASS = 30
QUERY = Query("Two dogs run.", "shipped", Beam(size=2))


def all_at_once(ask: Callable[[int], object]) -> list[object]:
    """What each of a class gets, or the error it gets."""
    ready = threading.Barrier(CLASS)

    def press(number: int) -> object:
        ready.wait()
        try:
            return ask(number)
        except (S2SError, ArithmeticError) as error:
            return error

    with ThreadPoolExecutor(CLASS) as pool:
        return list(pool.map(press, range(CLASS)))


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many sentences went into each search so far."""
    found: list[int] = []
    search = translator.search

    def counted(model: object, source: Sequence[object], *rest: object) -> object:
        found.append(len(source))
        return search(model, source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(translator, "search", counted)
    return found


@pytest.fixture
def library(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(checkpoint, "available", lambda: ["shipped"])
    monkeypatch.setattr(checkpoint, "load", lambda name: translator)
    return Library()


@pytest.mark.parametrize("own", [False, True], ids=["a shipped model", "one of their own"])
def test_thirty_who_ask_the_same_are_answered_by_one_search(
    own: bool, library: Library, translator: Translator, searches: list[int]
) -> None:
    query = Query(QUERY.text, "mine" if own else "shipped", QUERY.strategy)
    library.add("ana", "mine", translator)
    answers = all_at_once(lambda _: library.translate(query, "ana"))
    assert searches == [1]
    assert len(set(map(id, answers))) == 1
    assert isinstance(answers[0], Translation)


def test_different_questions_are_different_searches(library: Library) -> None:
    strategies: tuple[Strategy, ...] = (Greedy(), Beam(size=2), Beam(size=3))
    queries = [Query(f"{number // 3} dogs run.", "shipped", strategies[number % 3]) for number in range(CLASS)]
    answers = all_at_once(lambda number: library.translate(queries[number]))
    for query, answer in zip(queries, answers, strict=True):
        assert isinstance(answer, Translation)
        assert answer.sentences[0].source.text == query.text
        assert answer.strategy["name"] == query.strategy.name
        assert answer.text == library.get("shipped").translate(query.text, query.strategy).text


def test_an_error_is_told_to_all_who_wait_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, calls, waiting = Answers(1000), [], []

    class Awaited(Future[Translation]):
        def result(self, timeout: float | None = None) -> Translation:
            waiting.append("waits")
            return super().result(timeout)

    def broken() -> Translation:
        calls.append("called")
        assert wait_until(lambda: len(waiting) == CLASS - 1)
        return 1 // 0  # type: ignore[return-value]

    monkeypatch.setattr(answers_module, "Future", Awaited)
    found = all_at_once(lambda _: answers.of(QUERY, broken))
    assert {type(error) for error in found} == {ZeroDivisionError}
    assert calls == ["called"]
    with pytest.raises(ZeroDivisionError):
        answers.of(QUERY, broken)
    assert answers._under_way == {}


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("", "nothing to translate"),
        (" \n\u200b", "nothing to translate"),
        ("a" * (MAX_CHARACTERS + 1), "characters"),
        ("dogs run " * 200, "tokens"),
    ],
)
def test_a_class_of_thirty_with_one_bad_text_is_one_search(
    bad: str, said: str, translator: Translator, searches: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    real = batching.translate_together
    monkeypatch.setattr(batching, "translate_together", lambda jobs: (together.append(len(jobs)), real(jobs)))
    batcher = Batcher()
    take, beam = batcher._groups, Beam(size=2)

    def slowly(job: batching.Job) -> list[list[batching.Job]]:  # the others have pressed Enter when the first is served
        assert wait_until(lambda: batcher._waiting.qsize() == CLASS - 2)
        return take(job)

    monkeypatch.setattr(batcher, "_groups", slowly)
    monkeypatch.setattr(batching, "WORKERS", 1)
    texts = [f"old dogs run {'a' * number}." for number in range(CLASS - 1)] + [bad]
    answers = all_at_once(lambda number: batcher.translate(translator, texts[number], beam).text)
    assert isinstance(answers[-1], InputError)
    assert said in str(answers[-1])
    assert (together, searches) == ([CLASS - 1], [CLASS - 1])
    assert answers[:-1] == [translator.translate(text, beam).text for text in texts[:-1]]


def test_what_comes_while_a_search_goes_on_shares_the_next_one(
    translator: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    together: list[int] = []
    began, goes_on = threading.Event(), threading.Event()

    def searched(jobs: list[batching.Job]) -> None:
        together.append(len(jobs))
        began.set()
        assert goes_on.wait(60)
        real(jobs)

    real = batching.translate_together
    monkeypatch.setattr(batching, "translate_together", searched)
    monkeypatch.setattr(batching, "SEARCHES", 1)
    monkeypatch.setattr(batching, "WORKERS", 2)
    monkeypatch.setattr(batching, "LONG", 60)
    batcher = Batcher()

    def ask(number: int) -> str:
        if number:
            assert began.wait(60)
        return batcher.translate(translator, f"{number} dogs.", Greedy(max_length=2)).text

    threading.Timer(1.0, goes_on.set).start()
    all_at_once(ask)
    assert sum(together) == CLASS
    assert together[0] == 1
    assert together[1] > CLASS // 2


def test_a_bug_is_told_to_every_job_of_its_search(translator: Translator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Translator, "translate_all", lambda *_: 1 // 0)
    batcher = Batcher()
    answers = all_at_once(lambda number: batcher.translate(translator, f"{number} dogs.", Greedy()))
    assert {type(error) for error in answers} == {ZeroDivisionError}


@pytest.mark.parametrize("text", ["", "A dog.", "a" * 3000, "dogs run " * 200, "One. Two. Three.", "\ud800"])
def test_check_refuses_what_translate_refuses_with_the_same_words(text: str, translator: Translator) -> None:
    said = []
    for ask in (translator.check, lambda text: translator.translate(text, Greedy(max_length=2))):
        try:
            ask(text)
        except InputError as error:
            said.append(str(error))
        else:
            said.append("")
    assert said[0] == said[1]


def test_old_answers_leave_when_there_are_too_many(translator: Translator) -> None:
    answers = Answers(most_nodes=60)
    queries = [Query(f"{number} dogs run.", "shipped", Beam(size=2)) for number in range(8)]
    for query in queries:
        answers.of(query, lambda query=query: translator.translate(query.text, query.strategy))
    kept = [query for query in queries if query in answers._kept]
    assert 0 < len(kept) < len(queries)
    assert kept == queries[-len(kept) :]
    assert answers._nodes == sum(answers._kept[query].sentences[0].trace.considered for query in kept)
