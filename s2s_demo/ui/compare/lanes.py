"""The lanes of tab Compare, a lane being a model and a strategy: what each shows, and where it parts from the first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from s2s_demo.serving.names import language_name
from s2s_demo.serving.query import Query
from s2s_demo.translator import SentenceTranslation, Translation, Translator
from s2s_demo.ui.compare import differences
from s2s_demo.ui.compare.shown import Lane
from s2s_demo.ui.parts.answer import AnswerPayload, answer, answer_words
from s2s_demo.ui.parts.layout import sentence_choices
from s2s_demo.ui.parts.path import sentence_of
from s2s_demo.ui.parts.pictures import heatmap_value, tree_value
from s2s_demo.ui.parts.strategies import strategy_called
from s2s_demo.ui.static import safe_json
from s2s_demo.words import say


@dataclass(frozen=True)
class Run:
    """What was asked of one lane, of which model, and its answer."""

    query: Query
    translator: Translator
    translation: Translation

    def sentence(self, number: int) -> SentenceTranslation:
        """The sentence that the pictures show."""
        return sentence_of(self.translation, number)


def lane_of(runs: Sequence[Run], place: int, number: int, labels: Mapping[str, str]) -> Lane:
    """All that one lane shows, its pictures those of a sentence; `labels` is what the models are called."""
    run, called = runs[place], strategy_called(runs[place].translation.strategy)
    return Lane(
        title=say("compare.lane", model=labels[run.query.model], strategy=called),
        about=about(run.translator),
        answer=safe_json(_answer(runs, place, number)),
        note=_note(runs, place, number),
        heatmap=heatmap_value(run.sentence(number), run.translator, file_name=f"alignment-{place + 1}"),
        tree=tree_value(run.translation, number, file_name=f"tree-{place + 1}"),
    )


def about(translator: Translator) -> str:
    """A model's languages, size and kind of attention."""
    source, target = (language_name(code) for code in (translator.source_language, translator.target_language))
    looks, name = translator.model.looks, translator.model.config.attention.replace("_", " ")
    return say(
        "compare.about",
        pair=say("compare.pair", source=source, target=target) if source and target else "",
        millions=translator.model.parameter_count / 1e6,
        kind=say("compare.attention", what=name) if looks else say("compare.no-attention"),
    )


def choices(runs: Sequence[Run], number: int) -> Any:
    """The picker of a sentence, as the lane with the most sentences has them."""
    sentences = max((run.translation.sentences for run in runs), key=len)
    return sentence_choices([sentence.source.text for sentence in sentences], number)


def _answer(runs: Sequence[Run], place: int, number: int) -> AnswerPayload:
    """The lane's translation in words, the first that differs marked in each sentence."""
    payload = answer(runs[place].translation, number, runs[place].translator.target_language)
    for i, sentence in enumerate(payload["sentences"]):
        at = differences.partings([_words(runs[0], other, i) for other in runs])[place]
        if at is not None and at < len(sentence["words"]):
            word = sentence["words"][at]
            word["level"], word["said"] = f"{word['level']} parts", say("compare.note.difference", said=word["said"])
    return payload


def _words(first: Run, run: Run, number: int) -> list[str] | None:
    """The words of one sentence; None where they cannot be compared with those of the first lane."""
    same_language = run.translator.target_language == first.translator.target_language
    if not same_language or number >= len(run.translation.sentences):
        return None
    return [word.text for word in answer_words(run.translation.sentences[number])]


def _note(runs: Sequence[Run], place: int, number: int) -> str:
    if not place:
        return say("compare.note.first") if len(runs) > 1 else say("compare.note.alone")
    first, run = runs[0], runs[place]
    ours, mine = (_words(first, one, number) for one in (first, run))
    if ours is None or mine is None:
        return say("compare.note.other-language")
    totals = [one.sentence(number).best.total_log_prob for one in (first, run)]
    liked = differences.preference(*totals) if run.translator is first.translator else ""
    return differences.describe(ours, mine) + liked
