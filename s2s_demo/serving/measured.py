"""What was measured of models, as their cards say: scores on test sets, by length and by beam.  Knows no Gradio."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from s2s_demo import checkpoint
from s2s_demo.evaluation import METRICS, BeamScore, Evaluation, LengthScore, Score
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.names import attention_name, built_as

Card = Mapping[str, Any]  # what `checkpoint.describe` says of a model
ORIGINS = {"multi30k": "captions", "tatoeba": "everyday"}  # what a corpus's test sets are made of


def cards(entries: Sequence[Entry]) -> dict[str, Card]:
    """The cards of the models that have one, by name, in the order of the pickers."""
    found = {about["name"]: about for about in checkpoint.describe_all()}
    return {entry.name: found[entry.name] for entry in entries if entry.name in found}


def kinds(twins: Mapping[str, Card]) -> dict[str, str]:
    """What tells models that learnt the same apart: what they are built of, their attention, or their name."""
    found = {name: built_as(card) or attention_name(card["attention"]) for name, card in twins.items()}
    counts = Counter(found.values())
    return {name: kind if counts[kind] == 1 else name for name, kind in found.items()}


def family(entries: Sequence[Entry], model: str) -> list[Entry]:
    """A model and its twins, which learnt the same in another way."""
    place = next((entry.rank[:2] for entry in entries if entry.name == model), None)
    return [entry for entry in entries if entry.rank[:2] == place]


def evaluations(card: Card) -> list[Evaluation]:
    """What was found on each test set of a card, without the outputs; with the strategy that it was measured with."""
    return [
        Evaluation(
            entry["test_set"],
            entry["sentences"],
            entry["strategy"],
            {metric: Score(**entry[metric]) for metric in METRICS if metric in entry},
            entry["exact_match"],
            entry["seconds"],
            (),
            entry.get("metric", "bleu"),
        )
        for entry in card["evaluations"]
    ]


def unlike_others(card: Card, test_set: str) -> tuple[int, Score] | None:
    """How many sentences of a test set are near-duplicates of others in their corpus, and BLEU on the rest."""
    for entry in card["evaluations"]:
        apart = entry.get("apart", {}) if entry["test_set"] == test_set else {}
        if "near_duplicates" in apart and "others" in apart:
            return apart["near_duplicates"]["sentences"], Score(**apart["others"]["bleu"])
    return None


def origin(test_set: str) -> str:
    """What the sentences of a test set are: "captions", "everyday", or for made tasks "unseen"."""
    return ORIGINS.get(test_set.partition("-")[0], "unseen")


def lengths_of(card: Card, test_set: str) -> list[LengthScore]:
    """The score by sentence length on a test set; empty where nobody measured it."""
    return [LengthScore.from_json(row) for row in rows_of(card, "by_length", test_set)]


def beams_of(card: Card, test_set: str) -> list[BeamScore]:
    """The score by beam size on a test set; empty where nobody measured it."""
    return [BeamScore.from_json(row) for row in rows_of(card, "by_beam", test_set)]


def rows_of(card: Card, kind: str, test_set: str) -> list[Any]:
    """The rows of one figure of a card."""
    return [row for entry in card[kind] if entry["test_set"] == test_set for row in entry["rows"]]
