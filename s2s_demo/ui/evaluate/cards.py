"""What tab Evaluate shows at once, from the models' cards: nothing is measured for it."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from s2s_demo.evaluation import Evaluation, Report
from s2s_demo.serving import measured
from s2s_demo.serving.catalogue import Entry
from s2s_demo.serving.measured import Card
from s2s_demo.serving.names import kind_of, task_name
from s2s_demo.translator import Translator
from s2s_demo.ui.evaluate import results
from s2s_demo.ui.evaluate.shown import Shown
from s2s_demo.ui.parts import quality
from s2s_demo.ui.parts.plot import figure_value, instead_of_figure
from s2s_demo.views.quality_overview import Mark, Row, quality_overview
from s2s_demo.words import say


def from_cards(entries: Sequence[Entry], model: str, translator: Translator) -> Shown:
    """All figures of a model: all models beside it, its twins by length and by beam, its own numbers."""
    cards = measured.cards(entries)
    twins = {entry.name: cards[entry.name] for entry in measured.family(entries, model) if entry.name in cards}
    own = cards.get(model)
    found = measured.evaluations(own) if own else []
    test_set = found[0].test_set if found else ""
    kinds = measured.kinds(twins)
    lengths = {kinds[name]: rows for name, card in twins.items() if (rows := measured.lengths_of(card, test_set))}
    beams = {kinds[name]: beam for name, card in twins.items() if (beam := measured.beams_of(card, test_set))}
    missing = instead_of_figure(say("evaluate.not-on-card"))
    about = task_name(test_set) if test_set else ""
    return Shown(
        message=gr.skip(),
        status=_status(found),
        bar="",
        report=None,
        overview=overview_value(entries, model, translator),
        by_length_about=about if lengths else "",
        by_length=quality.length_value(lengths) if lengths else missing,
        by_length_table=quality.length_table(lengths) if lengths else "",
        by_beam_about=about if beams else "",
        by_beam=quality.beam_value(beams) if beams else missing,
        by_beam_table=quality.beam_table(beams) if beams else "",
        numbers=results.numbers_line(found[0] if found else None),
        figures=results.card_table(found, [_remarks(own, each) for each in found]) if own and found else "",
        worst="",
        picked_title="",
        picked="",
        picture="",
    )


def overview_value(entries: Sequence[Entry], model: str, translator: Translator, now: Report | None = None) -> str:
    """All models that are judged as this one is; what was measured `now` in place of what its card says."""
    metric = "exact" if translator.made_task else "bleu"
    cards = measured.cards(entries)
    shown = [entry for entry in entries if any(each.metric == metric for each in _of(cards.get(entry.name)))]
    if model not in cards and now:
        shown += [entry for entry in entries if entry.name == model]
    rows = [_row(entry, shown, cards, now if entry.name == model else None) for entry in shown]
    place = next((i for i, entry in enumerate(shown) if entry.name == model), None)
    called = say(f"views.quality.metrics.{metric}")
    scores = "; ".join(
        say("evaluate.overview-said", model=row.name, scores=", ".join(f"{mark.score.score:.1f}" for mark in row.marks))
        for row in rows
    )
    label = f"{say('evaluate.overview')}. {called}. {scores}"
    return figure_value(quality_overview(rows, place, called), label=label, file_name="models", revision=model)


def _row(entry: Entry, shown: Sequence[Entry], cards: dict[str, Card], now: Report | None) -> Row:
    """A model that learnt the same as the one above it is called by its attention alone."""
    twin = next(each for each in shown if each.rank[:2] == entry.rank[:2]) is not entry
    name = kind_of(cards[entry.name]) if twin and entry.name in cards else entry.label
    if now:
        return Row(name, [Mark("now", now.evaluation.score, results.done(now))], twin)
    card = cards[entry.name]
    marks = [Mark(measured.origin(each.test_set), each.score, _about(card, each)) for each in _of(card)]
    return Row(name, marks, twin)


def _about(card: Card, found: Evaluation) -> str:
    sentences = say("views.quality.sentences", sentences=found.sentences)
    return "\n".join([task_name(found.test_set), sentences, *_remarks(card, found)])


def _remarks(card: Card, found: Evaluation) -> list[str]:
    """How many sentences are like those of the training data, and the score of the rest, where somebody looked."""
    if not (unlike := measured.unlike_others(card, found.test_set)):
        return []
    near, others = unlike
    return [say("evaluate.near-duplicates", near=near), say("evaluate.on-the-rest", bleu=others.score)]


def _of(card: Card | None) -> list[Evaluation]:
    return measured.evaluations(card) if card else []


def _status(found: Sequence[Evaluation]) -> Any:
    """The line beside the controls: the first test set of the card."""
    if not found:
        return say("evaluate.no-card")
    first = found[0]
    sentences = say(f"evaluate.origins.{measured.origin(first.test_set)}", sentences=first.sentences)
    scores = f"{first.score.score:.1f} {say(f'views.quality.metrics.{first.metric}')}, {first.chrf.score:.1f} chrF"
    return say("evaluate.card-status", scores=scores, sentences=sentences)
