"""Alignment: how well a model's attention agrees with a statistical word aligner, and with links people drew.

The links of a made task are known from its rule.
"""

import argparse
import json
from typing import TYPE_CHECKING, Any

from s2s_demo.commands.options import add_model

if TYPE_CHECKING:
    from s2s_demo.alignment import MutualAligner
    from s2s_demo.tasks import MadeTask, Task
    from s2s_demo.translator import Translator


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_model(parser)
    parser.add_argument(
        "--task", default="", help="corpus whose train part teaches the aligner and whose test part is measured on"
    )
    parser.add_argument("--at-most", type=int, default=400, metavar="N", help="sentences of the test part (400)")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--save", action="store_true", help="write the figures into the checkpoint and its model card")


def run(options: argparse.Namespace) -> None:
    """Measure on references the model is made to write (teacher forcing)."""
    from s2s_demo.checkpoint import load
    from s2s_demo.errors import check_whole
    from s2s_demo.tasks import make_task

    check_whole("number of sentences", options.at_most, 1, 1_000_000)
    translator = load(options.model, options.device)
    if translator.made_task and not options.task:
        name, figures = translator.card["task"], measure_made(translator, translator.made_task, options.at_most)
    else:
        name = options.task or default_task(translator)
        figures = measure(translator, make_task(name), options.at_most)
    result = {"model": translator.name, "test_set": name, **figures}
    if options.save:
        from s2s_demo.card import save_measured

        save_measured(options.model, "alignment", {key: value for key, value in result.items() if key != "model"})
    print(json.dumps(result, indent=2) if options.json else as_text(result))


def default_task(translator: "Translator") -> str:
    """Captions between the model's languages, else everyday sentences, else what the model is named after."""
    from s2s_demo.errors import SettingError
    from s2s_demo.tasks import TASKS

    pair = f"{translator.source_language}-{translator.target_language}"
    known = [name for name in (f"multi30k-{pair}", f"tatoeba-{pair}", translator.name) if name in TASKS]
    if not known:
        raise SettingError(f"{translator.name} belongs to no known corpus; give --task")
    return known[0]


def measure(translator: "Translator", task: "Task", at_most: int) -> dict[str, Any]:
    """Against mutual links of IBM Model 1 on the task's test part; and against gold links, if there are any."""
    from dataclasses import asdict

    from s2s_demo.alignment import MutualAligner, alignment_quality, forced_alignments

    alignments = [found for found in forced_alignments(translator, task.test()[:at_most]) if found]
    aligner = MutualAligner.train(task.train(0, 0))
    quality = alignment_quality(alignments, [aligner.links(found.source, found.target) for found in alignments])
    return {**asdict(quality), "shift": quality.shift, **gold_figures(translator, aligner)}


def measure_made(translator: "Translator", task: "MadeTask", at_most: int) -> dict[str, Any]:
    """Against the links that the task's rule gives, on its test part."""
    from dataclasses import asdict

    from s2s_demo.alignment import alignment_quality, forced_alignments
    from s2s_demo.errors import SettingError

    pairs = task.test()[:at_most]
    links = [task.links(pair) for pair in pairs]
    if not any(links):
        raise SettingError(f"the rule of {translator.card['task']} does not say which character comes from which")
    found = zip(forced_alignments(translator, pairs), links, strict=True)
    known = [(alignment, of_one) for alignment, of_one in found if alignment]
    quality = alignment_quality([alignment for alignment, _ in known], [of_one for _, of_one in known])
    return {**asdict(quality), "shift": quality.shift, "links": "rule"}


def gold_figures(translator: "Translator", aligner: "MutualAligner") -> dict[str, Any]:
    """Error rates of model and aligner on the gold pairs of the model's languages; nothing if there are none."""
    from s2s_demo.alignment import (
        alignment_error_rate,
        alignment_quality,
        forced_alignments,
        gold_for,
        linked_words_right,
    )

    gold = gold_for(translator.source_language, translator.target_language)
    aligned = zip(forced_alignments(translator, [entry.pair for entry in gold]), gold, strict=True) if gold else ()
    known = [(alignment, entry) for alignment, entry in aligned if alignment]
    if not known:
        return {}
    alignments, entries = [found for found, _ in known], [entry for _, entry in known]
    links = [aligner.links(found.source, found.target) for found in alignments]
    figures: dict[str, float] = {
        "sentences": len(known),
        "error_rate": alignment_error_rate([found.links for found in alignments], entries),
        "aligner_error_rate": alignment_error_rate(links, entries),
    }
    if any(links):
        figures["argmax"] = alignment_quality(alignments, links).argmax
        figures["best_argmax"] = linked_words_right(links, entries)
    return {"gold": figures}


def as_text(result: dict[str, Any]) -> str:
    """A few lines for a person."""
    words, by = ("characters", "the rule") if result.get("links") else ("words", "IBM Model 1 in both directions")
    rows = [
        f"{result['model']} on {result['test_set']}: {result['sentences']} sentences, {result['words']} target "
        f"{words}, {result['linked']} of them linked by {by}",
        f"  most weight on the linked word   {result['argmax']:.3f}",
        f"  ... or right beside it           {result['within_one']:.3f}",
        f"  ... with rows one up, one down   {result['argmax_one_early']:.3f}, {result['argmax_one_late']:.3f}",
        f"  weight on the linked word        {result['mass']:.3f}",
        f"  entropy                          {result['entropy']:.3f} nats",
        f"  weight on <eos>                  {result['mass_on_eos']:.3f}",
        f"  weight on punctuation            {result['mass_on_punctuation']:.3f}",
    ]
    if result["shift"]:
        rows.append("  rows and words are one apart: the alignment is shifted")
    if "gold" in result:
        gold = result["gold"]
        rows.append(
            f"  alignment error rate             {gold['error_rate']:.3f} on {gold['sentences']} hand-linked pairs "
            f"(the aligner's own: {gold['aligner_error_rate']:.3f})"
        )
        if "argmax" in gold:
            rows.append(
                f"  most weight on the linked word   {gold['argmax']:.3f} there; the links people drew reach "
                f"{gold['best_argmax']:.3f}"
            )
    return "\n".join(rows)
