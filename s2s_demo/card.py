"""The model card: what a checkpoint is, what it was trained on, how good it measured, what it gets wrong."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from s2s_demo.checkpoint import find, write_atomically

LANGUAGES = {"en": "English", "fr": "French", "de": "German", "zh": "Chinese", "cs": "Czech"}
CORPORA = {
    "multi30k": "[Multi30k](https://github.com/multi30k/dataset) task 1: 29,000 image captions (Elliott et al. 2016, "
    "2017; Barrault et al. 2018), for research and education",
    "tatoeba": "everyday sentences of [Tatoeba](https://tatoeba.org), as packed by "
    "[ManyThings](https://www.manythings.org/anki/), CC BY 2.0 FR; a part chosen by a hash of the English sentence "
    "is held out",
}


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


def save_alignment(name: str, figures: dict[str, Any]) -> None:
    """Store the figures of `s2s-demo alignment` in a checkpoint's config.json and write its README.md anew."""
    folder = find(name)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["card"]["alignment"] = figures
    _write(folder, config)


def _write(folder: Path, config: dict[str, Any]) -> None:
    write_atomically(folder / "config.json", json.dumps(config, indent=2, ensure_ascii=False).encode() + b"\n")
    recipe = folder / "recipe.json"
    write_atomically(
        folder / "README.md", card(config, json.loads(recipe.read_text()) if recipe.exists() else None, folder).encode()
    )


def card(config: dict[str, Any], recipe: dict[str, Any] | None, folder: Path) -> str:
    """The text of README.md, made from the checkpoint's own records and its `notes.md`."""
    model = config["model"]
    source, target = (LANGUAGES.get(config[side], "") for side in ("source_language", "target_language"))
    what = f"{source} to {target}" if source else config["name"]
    parts = [
        _front_matter(config),
        f"# {config['name']}: {what}",
        f"A recurrent encoder-decoder with attention of {config['parameters'] / 1e6:.2f} M parameters, stored as "
        f"{config['storage']}: {model['cell'].upper()}, hidden size {model['hidden_size']}, "
        f"decoder `{model['decoder']}`, "
        f"attention `{model['attention']}`, vocabulary {model['vocabulary_size']:,}.",
        f'```python\nimport s2s_demo\n\ns2s_demo.load("{config["name"]}").translate("...").text\n```',
        "## Figures\n\n" + _figures(config["card"].get("evaluations", []), config["name"]),
    ]
    parts += _more_figures(config["card"])
    if "alignment" in config["card"]:
        parts.append("## Alignment\n\n" + _alignment(config["card"]["alignment"], config["name"]))
    if recipe:
        corpora = [text for corpus, text in CORPORA.items() if corpus in recipe["task"] or source]
        if corpora:
            parts.append("## Data\n\n" + "\n".join(f"- {text}" for text in corpora))
        command = f"s2s-demo train --recipe checkpoints/{config['name']}/recipe.json --output runs/{config['name']}"
        parts.append(
            f"## Recipe\n\nEvery setting is in `recipe.json`; this command runs it again:\n\n```\n{command}\n```"
        )
    notes = folder / "notes.md"
    if notes.exists():
        parts.append(notes.read_text(encoding="utf-8").strip())
    return "\n\n".join(parts) + "\n"


def _front_matter(config: dict[str, Any]) -> str:
    languages = [config[side] for side in ("source_language", "target_language") if config[side]]
    tags = ["translation", "attention", "seq2seq"]
    rows = ["---", "license: other" if languages else "license: mit"]
    rows += ["language:", *(f"- {code}" for code in languages)] if languages else []
    return "\n".join([*rows, "tags:", *(f"- {tag}" for tag in tags), "library_name: s2s_demo", "---"])


def _figures(evaluations: list[dict[str, Any]], name: str) -> str:
    rows = [
        "| test set | sentences | strategy | BLEU | chrF | TER |",
        "|---|---|---|---|---|---|",
    ]
    signatures = set()
    for entry in evaluations:
        for figures in [entry, *([entry["greedy"]] if "greedy" in entry else [])]:
            strategy = figures["strategy"]
            label = strategy["name"]
            if label == "beam":
                label = f"beam {strategy['size']}, α {strategy['length_penalty']:g}"
            scores = " | ".join(f"{figures[metric]['score']:.1f}" for metric in ("bleu", "chrf", "ter"))
            rows.append(f"| {figures['test_set']} | {figures['sentences']} | {label} | {scores} |")
            signatures |= {figures[metric]["signature"] for metric in ("bleu", "chrf", "ter")}
    measured = f"Measured with `s2s-demo evaluate --model {name} --save`; sacrebleu, cased, detokenised:"
    return "\n".join([*rows, "", measured, *(f"- `{signature}`" for signature in sorted(signatures))])


def _alignment(figures: dict[str, Any], name: str) -> str:
    names = {
        "argmax": "most weight on the linked word",
        "within_one": "... or right beside it",
        "mass": "weight on the linked word",
        "entropy": "entropy of a row (nats)",
        "mass_on_eos": "weight on `</s>`",
        "mass_on_punctuation": "weight on punctuation, while writing words",
    }
    rows: list[tuple[str, ...]] = [(text, f"{figures[key]:.3f}") for key, text in names.items()]
    if gold := figures.get("gold"):
        rows.append((f"alignment error rate on {gold['sentences']} hand-linked pairs", f"{gold['error_rate']:.3f}"))
        rows.append(("... of the aligner itself", f"{gold['aligner_error_rate']:.3f}"))
    how = (
        f"Teacher-forced on {figures['sentences']} references of {figures['test_set']}, in words; "
        f"{figures['linked']:,} of {figures['words']:,} target words are linked by IBM Model 1 in both directions. "
        f"Measured with `s2s-demo alignment --model {name} --save`."
    )
    return f"{how}\n\n{_table(('measure', 'value'), rows)}"


def _more_figures(card: dict[str, Any]) -> list[str]:
    """Tables of BLEU by source length and by beam size, where they were measured."""
    parts = []
    for entry in card.get("by_length", []):
        rows = [(row["words"], str(row["sentences"]), f"{row['bleu']['score']:.1f}") for row in entry["rows"]]
        title = f"### BLEU by source length, {entry['test_set']}"
        parts.append(f"{title}\n\n{_table(('source words', 'sentences', 'BLEU'), rows)}")
    for entry in card.get("by_beam", []):
        rows = [
            (str(row["size"]), f"{row['bleu']['score']:.1f}", f"{row['chrf']['score']:.1f}") for row in entry["rows"]
        ]
        title = f"### BLEU by beam size, {entry['test_set']}"
        parts.append(f"{title}\n\n{_table(('beam', 'BLEU', 'chrF'), rows)}")
    return parts


def _table(columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
