"""Write the models whose reasons are known as checkpoints: `python -m tests.tools.plant`."""

import json

from s2s_demo.card import card
from s2s_demo.checkpoint import SHIPPED, save_checkpoint
from s2s_demo.explain.planted import NOTES, planted

OPENING = (
    "Made by hand, not trained: each weight was set by `s2s_demo/explain/planted.py`, so that the reason for every "
    "word is known."
)


def main() -> None:
    """Into `checkpoints/`, each with its card."""
    for name, note in NOTES.items():
        folder = SHIPPED / name
        save_checkpoint(planted(name), folder, "fp32")
        (folder / "notes.md").write_text(f"## What it is\n\n{OPENING} {note}\n", encoding="utf-8")
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        (folder / "README.md").write_text(card(config, None, folder), encoding="utf-8")


if __name__ == "__main__":
    main()
