"""The translation in large words, each underlined by the probability that the model gave it."""

from dataclasses import dataclass
from typing import TypedDict

import gradio as gr
import numpy as np

from s2s_demo.decoding import Hypothesis, log_probs_to
from s2s_demo.text import EOS, SPECIAL, words_of
from s2s_demo.translator import SentenceTranslation, Translation
from s2s_demo.ui.parts.base import element
from s2s_demo.ui.parts.path import sentence_of
from s2s_demo.words import say

SURE, LIKELY = 0.8, 0.5  # from which probability on


class AnswerWord(TypedDict):
    """A word, the gap before it, and how likely the model found it, in numbers and in words."""

    text: str
    gap: str
    probability: float
    said: str
    level: str  # sure, likely, unsure; perhaps also parts


class AnswerSentence(TypedDict):
    """A sentence, and whether the pictures show it."""

    words: list[AnswerWord]
    selected: bool


class AnswerPayload(TypedDict):
    """A translation, and the numbers beside it as (name, value)."""

    sentences: list[AnswerSentence]
    numbers: list[tuple[str, str]]
    language: str


def answer_view(elem_id: str) -> gr.HTML:
    """The translation; its value is an AnswerPayload as JSON, and `select` tells a word's sentence."""
    return element("answer", elem_id, '<div class="s2s-answer" aria-live="polite"></div>')


def answer(translation: Translation, sentence: int, language: str) -> AnswerPayload:
    """The payload for a translation into a language, of which the pictures show one sentence."""
    shown = sentence_of(translation, sentence)
    sentences = [
        AnswerSentence(words=[_payload(word) for word in answer_words(each)], selected=each is shown)
        for each in translation.sentences
    ]
    numbers = _numbers(shown.best, translation.seconds)
    return AnswerPayload(sentences=sentences, numbers=numbers, language=language)


@dataclass(frozen=True)
class SaidWord:
    """A word of the translation: the gap before it, and the model's log-probability (nats) of all its pieces."""

    text: str
    gap: str
    log_prob: float


def answer_words(sentence: SentenceTranslation) -> list[SaidWord]:
    """The words of the best hypothesis as its text spaces them, `<eos>` left out; no tree is read for them."""
    best, log_probs = sentence.best, log_probs_to(sentence.trace, sentence.best.leaf)
    found, at = [], 0
    for word in words_of([token for token in best.tokens if token != SPECIAL[EOS]]):
        place = best.text.find(word.text, at)
        gap = best.text[at:place] if place >= 0 else " "
        at = place + len(word.text) if place >= 0 else at
        found.append(SaidWord(word.text, gap, sum(log_probs[i] for i in word.positions)))
    return found


def _payload(word: SaidWord) -> AnswerWord:
    p = float(np.exp(word.log_prob))
    level = "sure" if p >= SURE else "likely" if p >= LIKELY else "unsure"
    said = say("parts.answer.word", p=p, log_prob=word.log_prob)
    return AnswerWord(text=word.text, gap=word.gap, probability=round(p, 3), said=said, level=level)


def _numbers(hypothesis: Hypothesis, seconds: float) -> list[tuple[str, str]]:
    """What stands beside the translation: name and value."""
    return [
        (say("parts.answer.total"), _signed(hypothesis.total_log_prob, 2)),
        (say("parts.answer.score"), _signed(hypothesis.score, 3)),
        (say("parts.answer.steps"), str(len(hypothesis.tokens))),
        (say("parts.answer.milliseconds"), f"{1000 * seconds:.0f}"),
    ]


def _signed(value: float, digits: int) -> str:
    """A number as printed; what rounds to nought has no sign."""
    return f"{round(value, digits) + 0.0:.{digits}f}"
