"""Which held-out sentences a model has all but seen: those at most one word away from a training sentence."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

FEWEST = 3  # words of a sentence that one other word does not make another sentence


def near_duplicates(sentences: Sequence[str], seen: Iterable[str], language: str = "") -> list[bool]:
    """For each sentence whether one of `seen` has the same words but for one; case and punctuation do not count.

    Chinese (`language` "zh") is compared by characters.  Sentences of one or two words must be the same.
    """
    forms = [set(_forms(sentence, language)) for sentence in sentences]
    wanted = set().union(*forms)
    met = {form for sentence in seen for form in _forms(sentence, language) if form in wanted}
    return [not met.isdisjoint(of_one) for of_one in forms]


def near_to(held_out: Iterable[str], language: str = "") -> Callable[[str], bool]:
    """Whether a sentence has the same words as one of `held_out` but for one: what training must leave out."""
    kept = {form for sentence in held_out for form in _forms(sentence, language)}
    return lambda sentence: not kept.isdisjoint(_forms(sentence, language))


def _forms(sentence: str, language: str) -> Iterator[tuple[str, ...]]:
    """The words, and from a few words on all ways to leave a gap among them."""
    words = tuple(re.findall(r"\w" if language == "zh" else r"\w+", sentence.casefold()))
    yield words
    if len(words) >= FEWEST:
        for place in range(len(words)):
            yield (*words[:place], "", *words[place + 1 :])
