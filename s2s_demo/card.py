"""The model card: what a checkpoint is, what it was trained on, how good it measured, what it gets wrong."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from s2s_demo.checkpoint import find
from s2s_demo.evaluation import METRIC_NAMES, BeamScore, LengthScore
from s2s_demo.files import write_atomically
from s2s_demo.languages import language_of
from s2s_demo.signals import SIGNALS
from s2s_demo.signals.document import MEDIA
from s2s_demo.tasks import TASKS, made_task
from s2s_demo.tasks.corpora import Corpus

ENDINGS = {media: ending for ending, media in MEDIA.items()}
CORPORA = {
    "multi30k": "[Multi30k](https://github.com/multi30k/dataset) task 1: 29,000 image captions (Elliott et al. 2016, "
    "2017; Barrault et al. 2018), for research and education",
    "tatoeba": "everyday sentences of [Tatoeba](https://tatoeba.org), as packed by "
    "[ManyThings](https://www.manythings.org/anki/), CC BY 2.0 FR; a part chosen by a hash of the English sentence "
    "is held out",
}
FURTHER = (
    "further pairs of Tatoeba that are not in that package, from its exports of 2020 to 2026, CC BY 2.0 FR (a few from "
    "lists under CC BY-SA 4.0); none of them is tested on, and none is all but a held-out sentence"
)


def save_figures(
    name: str,
    evaluations: list[dict[str, Any]],
    by_length: list[dict[str, Any]] | None = None,
    by_beam: list[dict[str, Any]] | None = None,
) -> None:
    """Store measured figures in a checkpoint's config.json and write its README.md anew.

    All three lists hold one entry a test set, named in its "test_set"; an entry replaces an older one.
    """
    folder = find(name)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    measured = {"evaluations": evaluations, "by_length": by_length or [], "by_beam": by_beam or []}
    for figures, entries in measured.items():
        known = {entry["test_set"]: entry for entry in [*config["card"].get(figures, []), *entries]}
        if known:
            config["card"][figures] = list(known.values())
    _write(folder, config)


def save_measured(name: str, what: str, figures: dict[str, Any]) -> None:
    """Store figures ("alignment" or "lesson") in a checkpoint's config.json and write its README.md anew."""
    folder = find(name)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["card"][what] = figures
    _write(folder, config)


def _write(folder: Path, config: dict[str, Any]) -> None:
    write_atomically(folder / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
    recipe = folder / "recipe.json"
    write_atomically(
        folder / "README.md", card(config, json.loads(recipe.read_text()) if recipe.exists() else None, folder).encode()
    )


def card(config: dict[str, Any], recipe: dict[str, Any] | None, folder: Path) -> str:
    """The text of README.md, made from the checkpoint's own records and its `notes.md`."""
    name, figures = config["name"], config["card"]
    parts = [*_opening(config), _in_a_lesson(config)]
    if "planted" not in figures:
        parts.append("## Figures\n\n" + _figures(figures.get("evaluations", []), name))
    parts += _more_figures(figures)
    if "alignment" in figures:
        parts.append("## Alignment\n\n" + _alignment(figures["alignment"], name))
    if lesson := figures.get("lesson"):
        parts.append(f"## In front of a class\n\n{_lesson(lesson)}")
    if data := _data(config, recipe):
        parts.append(f"## Data\n\n{data}")
    if recipe:
        command = f"s2s-demo train --recipe checkpoints/{name}/recipe.json --output runs/{name}"
        parts.append(
            f"## Recipe\n\nEvery setting is in `recipe.json`; this command runs it again:\n\n```\n{command}\n```"
        )
    if made_task(figures):
        parts.append("## What it gets wrong\n\n" + _mistakes(figures.get("evaluations", [])))
    notes = folder / "notes.md"
    if notes.exists():
        parts.append(notes.read_text(encoding="utf-8").strip())
    return "\n\n".join(parts) + "\n"


def live_card(config: dict[str, Any], how: str, figures: Sequence[tuple[str, str]], changes: Sequence[str]) -> str:
    """The text of README.md of a model that a visitor trained: how, its figures, and what was changed on the way."""
    changed = ["Changed on the way:\n\n" + "\n".join(f"- {change}" for change in changes)] if changes else []
    parts = [*_opening(config), how, _table(("on validation sentences", ""), figures), *changed]
    return "\n\n".join(parts) + "\n"


def _opening(config: dict[str, Any]) -> list[str]:
    """Front matter, title, architecture, and how to use it."""
    model, name = config["model"], config["name"]
    looks = "without attention" if model["attention"] == "none" else "with attention"
    signal = model.get("signal", "")
    encoder = model.get("encoder", "recurrent")
    kind, read = ("A recurrent", "") if encoder == "recurrent" else ("An", f"encoder `{encoder}`, ")
    cell = "" if encoder == model["decoder"] == "transformer" else f"{model['cell'].upper()}, "  # it has none
    front = f"front end `{model['front_end']}` for {signal}, " if signal else ""
    given = f's2s_demo.read_source("mine{ENDINGS[SIGNALS[signal].media]}")' if signal else '"..."'
    return [
        _front_matter(config),
        f"# {name}: {_what(config)}",
        f"{kind} encoder-decoder {looks} of {config['parameters'] / 1e6:.2f} M parameters, stored as "
        f"{config['storage']}: {cell}hidden size {model['hidden_size']}, "
        f"{front}{read}decoder `{model['decoder']}`, "
        f"attention `{model['attention']}`, vocabulary {model['vocabulary_size']:,}.",
        f'```python\nimport s2s_demo\n\ns2s_demo.load("{name}").translate({given}).text\n```',
    ]


def _in_a_lesson(config: dict[str, Any]) -> str:
    """How a teacher hands it out."""
    opened = "?tab=senses" if config["model"].get("signal") else f"?model={config['name']}"
    return (
        f"In a lesson: open the page at `{opened}`, press *Share*, tick what the class does not see, choose what it is "
        "asked first, and hand out the link or its QR code. Tab *Learn* is a whole tour, with predictions."
    )


def _what(config: dict[str, Any]) -> str:
    """What goes in and what comes out."""
    if task := made_task(config["card"]):
        return _first_sentence(task.__doc__ or "")
    source, target = (language_of(config[side]).name for side in ("source_language", "target_language"))
    return f"{source} to {target}" if source else str(config["card"].get("planted", config["name"]))


def _first_sentence(text: str) -> str:
    """A docstring's first paragraph up to its first full stop."""
    paragraph = " ".join(text.split("\n\n")[0].split())
    sentence = paragraph.split(".  ")[0].split(". ")[0].rstrip(".")
    return f"{sentence[:1].lower()}{sentence[1:]}" if sentence[1:2].islower() else sentence


def _data(config: dict[str, Any], recipe: dict[str, Any] | None) -> str:
    if made := made_task(config["card"]):
        task, options = config["card"]["task"], config["card"].get("options")
        settings = f" with {', '.join(f'{name} = {value}' for name, value in options.items())}" if options else ""
        return (
            f"Made by code from a seed, {made.per_epoch:,} fresh pairs an epoch: the task `{task}`{settings} of "
            "`s2s_demo/tasks`. No corpus, no licence to mind. The inputs it is tested on, chosen by a hash, never "
            "occur in training."
        )
    name = (recipe or {}).get("task")
    task = TASKS[name]() if name in TASKS else None
    if not isinstance(task, Corpus):
        return ""
    further = [FURTHER] if (recipe or {}).get("options", {}).get("more") else []
    return "\n".join(f"- {text}" for text in [*(CORPORA[corpus] for corpus in task.corpora), *further])


def _mistakes(evaluations: list[dict[str, Any]]) -> str:
    rows = [
        tuple(f"`{found[key]}`" for key in ("source", "output", "reference"))
        for entry in evaluations
        if ":" not in entry["test_set"]  # those are of other settings than the model's own
        for found in entry.get("mistakes", [])
    ]
    known = (
        "It has seen nothing but this task: whatever is typed comes out in the task's form, right or wrong, and "
        "characters it never met are lost."
    )
    table = _table(("input", "its answer", "right"), rows) if rows else "Nothing in the test."
    return f"{table}\n\n{known}"


def _front_matter(config: dict[str, Any]) -> str:
    languages = [config[side] for side in ("source_language", "target_language") if config[side]]
    tags = ["translation", "attention", "seq2seq"]
    rows = ["---", "license: other" if languages else "license: mit"]
    rows += ["language:", *(f"- {code}" for code in languages)] if languages else []
    return "\n".join([*rows, "tags:", *(f"- {tag}" for tag in tags), "library_name: s2s_demo", "---"])


def _figures(evaluations: list[dict[str, Any]], name: str) -> str:
    how = f"Measured with `s2s-demo evaluate --model {name} --save`"
    if any(":" in entry["test_set"] for entry in evaluations):
        how += "; settings behind a task's name as `--task-... VALUE`"
    runs = [run for entry in evaluations for run in (entry, entry.get("greedy")) if run]
    if runs and all(run.get("metric") == "exact" for run in runs):
        exact = [(*_about(run), f"{100 * run['exact_match']:.1f}", f"{run['chrf']['score']:.1f}") for run in runs]
        heads = ("test set", "inputs", "strategy", "exact match, %", "chrF")
        if all("error_rate" in run for run in runs):
            heads = (*heads[:-1], f"error rate of {runs[0]['error_rate']['of']}, %")
            exact = [
                (*row[:-1], f"{100 * run['error_rate']['share']:.2f}") for row, run in zip(exact, runs, strict=True)
            ]
        return f"{_table(heads, exact)}\n\n{how}."
    metrics = ("bleu", "chrf", "ter")
    rows = [(*_about(run), *(f"{run[metric]['score']:.1f}" for metric in metrics)) for run in runs]
    signatures = sorted({entry[metric]["signature"] for entry in evaluations for metric in metrics})
    table = _table(("test set", "sentences", "strategy", "BLEU", "chrF", "TER"), rows)
    parts = [table, "", f"{how}; sacrebleu, cased, detokenised:", *(f"- `{text}`" for text in signatures)]
    beside = [sentence for entry in evaluations for sentence in _beside(entry)]
    return "\n".join([*parts, "", *beside] if beside else parts)


def _beside(entry: dict[str, Any]) -> Iterator[str]:
    """What else was measured on a test set, each in a sentence of a list."""
    name = entry["test_set"]
    if others := entry.get("apart", {}).get("others"):
        near = entry["apart"].get("near_duplicates")
        also = f"; the {near['sentences']:,} near-duplicates: BLEU {near['bleu']['score']:.1f}" if near else ""
        yield (
            f"- {name}, the {others['sentences']:,} sentences that are no near-duplicate of a training sentence: "
            f"BLEU {others['bleu']['score']:.1f}{also}"
        )
    if tokenised := entry.get("tokenised"):
        yield f"- {name}, lower-cased and tokenised by Moses (`{tokenised['signature']}`): {tokenised['score']:.1f}"
    if before := entry.get("before_storage"):
        stored, exact = entry["bleu"]["score"], before["bleu"]["score"]
        yield f"- {name}, before the weights were rounded for storage: BLEU {exact:.2f} (stored: {stored:.2f})"


def _about(run: dict[str, Any]) -> tuple[str, str, str]:
    strategy = run["strategy"]
    beam = strategy["name"] == "beam"
    label = f"beam {strategy['size']}, α {strategy['length_penalty']:g}" if beam else strategy["name"]
    return run["test_set"], str(run["sentences"]), label


def _alignment(figures: dict[str, Any], name: str) -> str:
    by_rule = figures.get("links") == "rule"
    word = "character" if by_rule else "word"
    names = {
        "argmax": f"most weight on the linked {word}",
        "within_one": "... or right beside it",
        "mass": f"weight on the linked {word}",
        "entropy": "entropy of a row (nats)",
        "mass_on_eos": "weight on `<eos>`",
        "mass_on_punctuation": f"weight on punctuation, while writing {'the others' if by_rule else 'words'}",
    }
    rows: list[tuple[str, ...]] = [(text, f"{figures[key]:.3f}") for key, text in names.items()]
    if gold := figures.get("gold"):
        rows.append((f"alignment error rate on {gold['sentences']} hand-linked pairs", f"{gold['error_rate']:.3f}"))
        rows.append(("... of the aligner itself", f"{gold['aligner_error_rate']:.3f}"))
        if "argmax" in gold:
            rows.append(("most weight on the word that the aligner links there", f"{gold['argmax']:.3f}"))
            rows.append(("... by the links that people drew", f"{gold['best_argmax']:.3f}"))
    by = "the rule of the task" if by_rule else "IBM Model 1 in both directions"
    how = (
        f"Teacher-forced on {figures['sentences']} references of {figures['test_set']}, in {word}s; "
        f"{figures['linked']:,} of {figures['words']:,} target {word}s are linked by {by}. "
        f"Measured with `s2s-demo alignment --model {name} --save`."
    )
    return f"{how}\n\n{_table(('measure', 'value'), rows)}"


def _lesson(figures: dict[str, Any]) -> str:
    """How soon a model like it is learnt live."""
    settings = ", ".join(f"{name} = {value}" for name, value in figures["task_settings"].items())
    reached = f"has {100 * figures['exact_match']:.0f} % of held-out inputs right after {figures['updates']} updates"
    return (
        f"In tab *Train* the preset `{figures['preset']}`{f' ({settings})' if settings else ''} {reached}, "
        f"{figures['seconds']:.0f} seconds of one processor core, the judging included. "
        f"Measured with `python -m tests.live_presets {figures['preset']} --soon --save`."
    )


def _more_figures(card: dict[str, Any]) -> list[str]:
    """Tables of the score by source length and by beam size, where they were measured."""
    parts = []
    for entry in card.get("by_length", []):
        lengths = [LengthScore.from_json(row) for row in entry["rows"]]
        title = f"### {_name(lengths)} by source length, {entry['test_set']}"
        columns = (f"source {lengths[0].unit}", "sentences", METRIC_NAMES[lengths[0].metric])
        rows = [(row.words, str(row.sentences), f"{row.score.score:.1f}") for row in lengths]
        parts.append(f"{title}\n\n{_table(columns, rows)}")
    for entry in card.get("by_beam", []):
        beams = [BeamScore.from_json(row) for row in entry["rows"]]
        title = f"### {_name(beams)} by beam size, {entry['test_set']}"
        rows = [(str(row.size), f"{row.score.score:.1f}", f"{row.chrf.score:.1f}") for row in beams]
        parts.append(f"{title}\n\n{_table(('beam', METRIC_NAMES[beams[0].metric], 'chrF'), rows)}")
    return parts


def _name(rows: Sequence[LengthScore | BeamScore]) -> str:
    return "BLEU" if rows[0].metric == "bleu" else "Exact match"


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
