"""Predict first: questions about a search or a look that say nothing of their answer, and the answers.

A question is one record and its answer another, made by another call: a page that asks before it shows need not
hold the answer.  What could be chosen stands in the order of the alphabet or of the sentence, never of the ranks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from s2s_demo.decoding import Node, Tree
from s2s_demo.errors import SettingError, check_whole
from s2s_demo.explain.case import Case, check_looks
from s2s_demo.explain.faithful import occlusions
from s2s_demo.text import Word, surface


@dataclass(frozen=True)
class Candidate:
    """One beginning that a beam could keep: log_prob is its last piece's, `before` Σ of those before it.

    `beginning` is what stands before that piece when all is read as a text.
    """

    text: tuple[str, ...]
    beginning: str
    log_prob: float
    before: float


@dataclass(frozen=True)
class SurvivorsQuestion:
    """Which of these beginnings go on?  `keep` of them survive the step, those that end here among them.

    Candidates are picked by their number here, from 1: those of the tree's nodes follow the ranks.
    """

    step: int
    keep: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class SurvivorsAnswer:
    """What the search did, by the question's numbers: who survived, and which picks were right, wrong and missed."""

    survivors: tuple[int, ...]
    right: tuple[int, ...]
    wrong: tuple[int, ...]
    missed: tuple[int, ...]


@dataclass(frozen=True)
class LookQuestion:
    """Which source word will the next word look at most?"""

    step: int
    written: tuple[str, ...]
    word: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class LookAnswer:
    """The source word (from 1) that was looked at most, its weight, and that of the one picked."""

    word: int
    weight: float
    picked_weight: float
    right: bool


def ask_survivors(tree: Tree, step: int) -> SurvivorsQuestion:
    """The candidates of one step of a search (from 1), without a word on their fate."""
    nodes = _candidates(tree, step)
    candidates = (
        Candidate(_path(tree, node), _beginning(tree, node), node.log_prob, node.total_log_prob - node.log_prob)
        for node in nodes
    )
    return SurvivorsQuestion(step, len(_survivors(nodes)), tuple(candidates))


def answer_survivors(tree: Tree, step: int, picked: Collection[int]) -> SurvivorsAnswer:
    """Compare a visitor's picks, numbers of the question's candidates, with what the search kept."""
    nodes, picks = _candidates(tree, step), set(picked)
    if strangers := picks - set(range(1, len(nodes) + 1)):
        raise SettingError("explain.no-candidate", given=min(strangers), most=len(nodes))
    kept = _survivors(nodes)
    return SurvivorsAnswer(*(tuple(sorted(some)) for some in (kept, kept & picks, picks - kept, kept - picks)))


def ask_look(case: Case, step: int) -> LookQuestion:
    """Which source word does the word that is written at a step look at most?"""
    check_looks(case)
    steps = case.steps_of(step)
    before = case.words(case.written[: steps[0] - 1]) if steps[0] > 1 else ()
    word = _word(case, steps)
    return LookQuestion(steps[0], _texts(before), word, _texts(case.source_words))


def answer_look(case: Case, step: int, picked: int) -> LookAnswer:
    """Compare a visitor's source word (from 1) with where the model looked most."""
    check_looks(case)
    case.check_source_word(picked)
    places = [number - 1 for number in case.steps_of(step)]
    row = occlusions(case)[1][places].mean(axis=0)
    most = int(row.argmax())
    return LookAnswer(most + 1, float(row[most]), float(row[picked - 1]), most == picked - 1)


def _candidates(tree: Tree, step: int) -> list[Node]:
    """The nodes of one step in the order of the alphabet."""
    check_whole("step", step, 1, tree.nodes[-1].step)
    return sorted((node for node in tree.nodes if node.step == step), key=lambda node: _path(tree, node))


def _path(tree: Tree, node: Node) -> tuple[str, ...]:
    return tuple(surface([each.token]) for each in tree.path(node.id))


def _beginning(tree: Tree, node: Node) -> str:
    whole = surface([each.token for each in tree.path(node.id)])
    return whole.removesuffix(surface([node.token]))


def _survivors(nodes: Sequence[Node]) -> set[int]:
    return {number for number, node in enumerate(nodes, start=1) if node.status != "cut"}


def _word(case: Case, steps: Sequence[int]) -> str:
    return next(word.text for word in case.written_words if steps[0] - 1 in word.positions)


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)
