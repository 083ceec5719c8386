"""Evaluate: BLEU, chrF and TER (sacrebleu) on files or held-out corpora; exact match on the test of a made task."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from s2s_demo.commands.options import add_model, add_strategy, progress_bar, strategy_of

if TYPE_CHECKING:
    from s2s_demo.evaluation import Evaluation, TestSet
    from s2s_demo.translator import Translator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_model(parser)
    add_strategy(parser)
    parser.add_argument("--source", type=Path, metavar="FILE", help="sentences to translate, one a line")
    parser.add_argument(
        "--reference", type=Path, nargs="+", default=[], metavar="FILE", help="one or more translations"
    )
    parser.add_argument("--task", nargs="+", default=[], help="tasks whose test part to use, if no files are given")
    parser.add_argument("--at-most", type=int, default=1000, metavar="N", help="sentences per test set (1000)")
    parser.add_argument(
        "--bootstrap", type=int, default=0, metavar="N", help="resamples for 95 %% intervals (1000 is usual)"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--figures", action="store_true", help="measure by source length and by beam size too (takes six runs)"
    )
    parser.add_argument("--save", action="store_true", help="write the figures into the checkpoint and its model card")


def run(options: argparse.Namespace) -> None:
    """Score the chosen strategy, and greedy beside it."""
    from s2s_demo.checkpoint import load
    from s2s_demo.decoding import Greedy
    from s2s_demo.evaluation import evaluate

    translator, strategy = load(options.model, options.device), strategy_of(options)
    results: list[dict[str, Any]] = []
    figures_by: dict[str, list[dict[str, Any]]] = {"by_length": [], "by_beam": []}
    for test_set in test_sets(options, translator):
        bar = progress_bar(test_set.name)
        chosen = evaluate(translator, test_set, strategy, bootstrap=options.bootstrap, progress=bar)
        figures = chosen.to_json()
        if strategy.name != "greedy":
            figures["greedy"] = evaluate(translator, test_set, Greedy(), progress=progress_bar("greedy")).to_json()
        if chosen.metric == "exact":
            figures["mistakes"] = mistakes(chosen, test_set)
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

    rows = zip(test_set.sources, found.outputs, test_set.references, strict=True)
    wrong = [(source, output, right) for source, output, right in rows if not is_exact(output, right)]
    return [{"source": source, "output": output, "reference": right[0]} for source, output, right in wrong[:at_most]]


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


def test_sets(options: argparse.Namespace, translator: "Translator") -> "list[TestSet]":
    """What to evaluate on: the files or tasks given, else the made task it learnt, or the corpora of its languages."""
    from s2s_demo.errors import DataError, SettingError
    from s2s_demo.evaluation import TestSet
    from s2s_demo.tasks import TASKS, make_task
    from s2s_demo.tasks.files import read_lines

    if options.source or options.reference:
        if not (options.source and options.reference):
            raise SettingError(
                "--source and --reference go together: the sentences, and one or more translations of them"
            )
        sources, references = read_lines(options.source), [read_lines(path) for path in options.reference]
        for path, lines in zip(options.reference, references, strict=True):
            if len(lines) != len(sources):
                raise DataError(f"{options.source} has {len(sources)} lines, but {path} has {len(lines)}")
        return [TestSet(options.source.name, tuple(sources), tuple(zip(*references, strict=True)))]
    if translator.made_task and not options.task:
        return [TestSet.of(translator.card["task"], translator.made_task.test(), options.at_most)]
    pair = f"{translator.source_language}-{translator.target_language}"
    names = options.task or [name for name in (f"multi30k-{pair}", f"tatoeba-{pair}") if name in TASKS]
    names = names or [name for name in (translator.name,) if name in TASKS]
    if not names:
        raise SettingError(f"{translator.name} belongs to no known corpus; give --source and --reference, or --task")
    return [TestSet.of(name, make_task(name).test(), options.at_most) for name in names]


def as_text(result: dict[str, Any]) -> str:
    """A few lines for a person."""
    from s2s_demo.evaluation import METRICS, BeamScore, LengthScore

    rows = [f"{result['model']} on {result['test_set']} ({result['sentences']} sentences)"]
    for figures in [result, *([result["greedy"]] if "greedy" in result else [])]:
        strategy = figures["strategy"]
        name = f"beam {strategy['size']}" if strategy["name"] == "beam" else strategy["name"]
        rows.append(
            f"  {name:<9} {scores(figures)}  exact {100 * figures['exact_match']:4.1f} %"
            f"  {figures['sentences_per_second']:5.1f} sentences/s"
        )
    for found in result.get("mistakes", []):
        rows.append(f"  wrong: {found['source']} -> {found['output']} (right: {found['reference']})")
    for row in map(LengthScore.from_json, result.get("by_length", [])):
        score = f"{METRICS[row.metric]} {row.score.score:5.2f}"
        rows.append(f"  {row.words:>8} source {row.unit}: {score} ({row.sentences} sentences)")
    for beam in map(BeamScore.from_json, result.get("by_beam", [])):
        rows.append(
            f"  beam {beam.size:>3}: {METRICS[beam.metric]} {beam.score.score:5.2f}  chrF {beam.chrf.score:5.2f}"
        )
    if result["metric"] == "bleu":
        rows.append(f"  {result['bleu']['signature']}")
    return "\n".join(rows)


def scores(figures: dict[str, Any]) -> str:
    """BLEU with its interval, chrF and TER; of a made task chrF alone."""
    chrf = f"chrF {figures['chrf']['score']:5.2f}"
    if figures["metric"] == "exact":
        return chrf
    bleu = figures["bleu"]
    interval = f" [{bleu['low']:.1f}, {bleu['high']:.1f}]" if bleu["low"] else ""
    return f"BLEU {bleu['score']:5.2f}{interval}  {chrf}  TER {figures['ter']['score']:5.2f}"
