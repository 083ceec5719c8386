"""Evaluate: BLEU, chrF and TER (sacrebleu) on files or held-out corpora; exact match on the test of a made task."""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2s_demo.commands.options import (
    add_model,
    add_precision,
    add_strategy,
    add_task_settings,
    progress_bar,
    strategy_of,
)
from s2s_demo.commands.test_sets import test_sets

if TYPE_CHECKING:
    from s2s_demo.evaluation import Evaluation, Score, TestSet
    from s2s_demo.translator import Translator

INTERVAL = "95 % interval"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_model(parser)
    add_strategy(parser)
    add_precision(parser)
    parser.add_argument("--source", type=Path, metavar="FILE", help="sentences to translate, one a line")
    parser.add_argument(
        "--reference", type=Path, nargs="+", default=[], metavar="FILE", help="one or more translations"
    )
    parser.add_argument("--task", nargs="+", default=[], help="tasks whose test part to use, if no files are given")
    of_tasks = parser.add_argument_group("settings of the tasks", "another test part of a made task, by its rule")
    add_task_settings(of_tasks)
    parser.add_argument("--at-most", type=int, default=1000, metavar="N", help="sentences per test set (1000)")
    parser.add_argument(
        "--bootstrap", type=int, default=0, metavar="N", help="resamples for 95 %% intervals (1000 is usual)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--figures", action="store_true", help="measure by source length and by beam size too (takes six runs)"
    )
    parser.add_argument(
        "--tokenised",
        action="store_true",
        help="BLEU of lower-cased, Moses-tokenised text too, as papers on Multi30k report it (needs sacremoses)",
    )
    parser.add_argument(
        "--before-storage",
        metavar="FOLDER",
        help="the model before its weights were rounded for storage (fp32/ of its run), to measure what that costs",
    )
    parser.add_argument("--save", action="store_true", help="write the figures into the checkpoint and its model card")


def run(options: argparse.Namespace) -> None:
    """Score the chosen strategy, and greedy beside it."""
    from s2s_demo.checkpoint import load
    from s2s_demo.decoding import Greedy
    from s2s_demo.errors import SettingError, check_whole
    from s2s_demo.evaluation import error_rate, evaluate

    check_whole("number of sentences", options.at_most, 1, 1_000_000)
    check_whole("number of resamples", options.bootstrap, 0, 100_000)
    translator, strategy = load(options.model, options.device).in_precision(options.precision), strategy_of(options)
    if options.save and translator.precision != "fp32":
        raise SettingError("--save writes figures that anybody can repeat, in fp32; leave --precision out")
    tokens = moses(translator.target_language) if options.tokenised else None
    unrounded = load(options.before_storage, options.device) if options.before_storage else None
    results: list[dict[str, Any]] = []
    figures_by: dict[str, list[dict[str, Any]]] = {"by_length": [], "by_beam": []}
    for test_set in test_sets(options, translator):
        bar = progress_bar(test_set.name)
        chosen = evaluate(translator, test_set, strategy, bootstrap=options.bootstrap, progress=bar)
        figures = chosen.to_json()
        runs = [(figures, chosen)]
        if strategy.name != "greedy":
            greedy = evaluate(translator, test_set, Greedy(), progress=progress_bar("greedy"))
            figures["greedy"] = greedy.to_json()
            runs.append((figures["greedy"], greedy))
        for shown, found in runs if translator.signal else ():
            wrong = error_rate(found.outputs, test_set.references, by_letter=translator.by_letter)
            shown["error_rate"] = {"of": "letters" if translator.by_letter else "words", "share": wrong}
        if chosen.metric == "exact":
            figures["mistakes"] = mistakes(chosen, test_set)
        elif not options.source:
            figures["apart"] = measure_apart(chosen, test_set, options.bootstrap)
        if tokens:
            figures["tokenised"] = asdict(tokenised_bleu(chosen.outputs, test_set, tokens))
        if unrounded:
            before = evaluate(unrounded, test_set, strategy, progress=progress_bar("before storage"))
            figures["before_storage"] = {"bleu": asdict(before.bleu), "exact_match": before.exact_match}
        if translator.precision != "fp32":
            figures["precision"] = translator.precision
        results.append({"model": translator.name, **figures})
        if options.figures:
            for name, entry in measure_figures(translator, test_set, chosen, options.bootstrap).items():
                figures_by[name].append(entry)
                results[-1][name] = entry["rows"]
        if not options.json:
            print(as_text(results[-1]))
    if options.save:
        from s2s_demo.card import save_figures

        plain = [{key: value for key, value in result.items() if key not in figures_by} for result in results]
        save_figures(options.model, plain, **figures_by)
    if options.json:
        print(json.dumps(results[0] if len(results) == 1 else results, ensure_ascii=False, indent=2))


def mistakes(found: "Evaluation", test_set: "TestSet", at_most: int = 3) -> list[dict[str, str]]:
    """The first answers that are wrong, for the model card."""
    from s2s_demo.evaluation import is_exact
    from s2s_demo.signals.document import brief

    rows = zip(test_set.sources, found.outputs, test_set.references, strict=True)
    wrong = [(source, output, right) for source, output, right in rows if not is_exact(output, right)]
    return [
        {"source": brief(source), "output": output, "reference": right[0]} for source, output, right in wrong[:at_most]
    ]


def moses(language: str) -> Callable[[str], str]:
    """The tokenizer of Moses, which sets spaces between the words and marks of a text."""
    from s2s_demo.errors import DataError
    from s2s_demo.languages import language_of

    if not language_of(language).spaced:
        raise DataError(
            "--tokenised is for writing with spaces between words, and "
            f"{language_of(language).name} has none; leave it out"
        )
    try:
        from sacremoses import MosesTokenizer
    except ImportError:
        raise DataError("--tokenised needs the tokenizer of Moses; install it with: pip install sacremoses") from None
    split = MosesTokenizer(language or "en").tokenize
    return lambda text: str(split(text, escape=False, return_str=True))


def tokenised_bleu(outputs: Sequence[str], test_set: "TestSet", tokens: Callable[[str], str]) -> "Score":
    """BLEU of lower-cased text in the tokens of Moses: comparable with papers that report such, not with 13a."""
    from sacrebleu.metrics.bleu import BLEU

    from s2s_demo.evaluation import Score

    metric = BLEU(tokenize="none", lowercase=True, force=True)
    deepest = max(map(len, test_set.references))
    streams = [[tokens(of[i]) if i < len(of) else None for of in test_set.references] for i in range(deepest)]
    found = metric.corpus_score([tokens(output) for output in outputs], streams)  # type: ignore[arg-type]
    return Score(found.score, str(metric.get_signature()).replace("tok:none", "tok:moses"))


def measure_apart(found: "Evaluation", test_set: "TestSet", bootstrap: int) -> dict[str, dict[str, Any]]:
    """Scores of near-duplicates of the corpus's other sentences, whoever learnt from those, and of the others."""
    from s2s_demo.settings import with_settings
    from s2s_demo.tasks import make_task
    from s2s_demo.tasks.corpora import Tatoeba
    from s2s_demo.tasks.near import near_duplicates

    task = make_task(test_set.name.partition(":")[0])  # whatever its settings
    if isinstance(task, Tatoeba):
        task = with_settings(task, {"apart": False})
    near = near_duplicates(test_set.sources, (pair.source for pair in task.train(0, 0)), task.source_language)
    return apart(found, test_set, near, task.target_language, bootstrap)


def apart(
    found: "Evaluation", test_set: "TestSet", near: Sequence[bool], language: str = "", bootstrap: int = 0
) -> dict[str, dict[str, Any]]:
    """Scores of the sentences that are `near`, and of all others."""
    from s2s_demo.evaluation import score

    scores = {}
    for name, is_near in (("near_duplicates", True), ("others", False)):
        of_one = zip(found.outputs, test_set.references, near, strict=True)
        part = [(output, references) for output, references, flag in of_one if flag is is_near]
        if part:
            outputs, references = zip(*part, strict=True)
            parts = score(outputs, references, language, bootstrap, ["bleu", "chrf"])
            scores[name] = {"sentences": len(part), **{metric: asdict(value) for metric, value in parts.items()}}
    return scores


def measure_figures(
    translator: "Translator", test_set: "TestSet", chosen: "Evaluation", bootstrap: int
) -> dict[str, dict[str, Any]]:
    """The two classic figures as a card keeps them: by source length (of `chosen`), and by beam size."""
    from s2s_demo.evaluation import beam_score, by_beam, by_length

    source, target = translator.source_language, translator.target_language
    lengths = by_length(chosen, test_set, target, bootstrap, source)
    beams = [
        beam_score(evaluation)
        for evaluation in by_beam(translator, test_set, bootstrap=bootstrap, progress=progress_bar("beams"))
    ]
    about = {"test_set": test_set.name, "sentences": chosen.sentences}
    return {
        "by_length": {**about, "strategy": chosen.strategy, "rows": [row.to_json() for row in lengths]},
        "by_beam": {**about, "rows": [row.to_json() for row in beams]},
    }


def as_text(result: dict[str, Any]) -> str:
    """Tables for a person, with the signatures below."""
    from s2s_demo.evaluation import METRIC_NAMES, BeamScore, LengthScore

    exact, runs = result["metric"] == "exact", [result, *([result["greedy"]] if "greedy" in result else [])]
    columns = ["decoding", *([] if exact else ["BLEU", INTERVAL]), "chrF", *([] if exact else ["TER"])]
    rows = [[_decoding(run["strategy"]), *_scores(run, exact), *_exact_and_speed(run)] for run in runs]
    parts = [
        f"{result['model']} on {result['test_set']}: {result['sentences']:,} sentences"
        + (f", computed in {result['precision']}" if "precision" in result else ""),
        table([*columns, "exact, %", "sentences/s"], rows),
    ]
    for found in result.get("mistakes", []):
        parts.append(f"wrong: {found['source']} -> {found['output']} (right: {found['reference']})")
    if tokenised := result.get("tokenised"):
        parts.append(f"BLEU, lower-cased and tokenised by Moses: {tokenised['score']:.2f}")
    if before := result.get("before_storage"):
        parts.append(f"before its weights were rounded for storage: BLEU {before['bleu']['score']:.2f}")
    if apart := result.get("apart"):
        columns = ["beside the training data", "sentences", "BLEU", INTERVAL, "chrF"]
        rows = [
            [name.replace("_", "-"), str(part["sentences"]), *_score(part["bleu"]), f"{part['chrf']['score']:.2f}"]
            for name, part in apart.items()
        ]
        parts.append(table(columns, rows))
    if lengths := [LengthScore.from_json(row) for row in result.get("by_length", [])]:
        columns = [f"source {lengths[0].unit}", "sentences", METRIC_NAMES[lengths[0].metric], INTERVAL]
        parts.append(table(columns, [[row.words, str(row.sentences), *_score(asdict(row.score))] for row in lengths]))
    if beams := [BeamScore.from_json(row) for row in result.get("by_beam", [])]:
        columns = ["beam", METRIC_NAMES[beams[0].metric], INTERVAL, "chrF", "seconds"]
        rows = [
            [str(beam.size), *_score(asdict(beam.score)), f"{beam.chrf.score:.2f}", f"{beam.seconds:.1f}"]
            for beam in beams
        ]
        parts.append(table(columns, rows))
    if not exact:
        signatures = {name: result[name.lower()]["signature"] for name in ("BLEU", "chrF", "TER")}
        parts.append("\n".join(f"{name:<4}  {signature}" for name, signature in signatures.items()))
    return "\n\n".join(parts) + "\n"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Aligned columns: names to the left, numbers to the right."""
    lines = [list(columns), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )


def _decoding(strategy: dict[str, Any]) -> str:
    return f"beam {strategy['size']}" if strategy["name"] == "beam" else str(strategy["name"])


def _scores(run: dict[str, Any], exact: bool) -> list[str]:
    chrf = f"{run['chrf']['score']:.2f}"
    return [chrf] if exact else [*_score(run["bleu"]), chrf, f"{run['ter']['score']:.2f}"]


def _exact_and_speed(run: dict[str, Any]) -> list[str]:
    return [f"{100 * run['exact_match']:.1f}", f"{run['sentences_per_second']:.1f}"]


def _score(score: dict[str, Any]) -> list[str]:
    measured = score["low"] is not None and score["high"] is not None
    return [f"{score['score']:.2f}", f"{score['low']:.1f} to {score['high']:.1f}" if measured else ""]
