"""The commands of `s2s-demo`: one file and one line here each.

A command module has a docstring (its help), `add_arguments(parser)` and `run(options)`; heavy
imports happen in `run`, so that `--help` is instant.
"""

from types import ModuleType

from s2s_demo.commands import (
    alignment,
    benchmark,
    data,
    evaluate,
    explain,
    family,
    lesson,
    models,
    serve,
    train,
    translate,
)

COMMANDS: dict[str, ModuleType] = {
    "translate": translate,
    "models": models,
    "evaluate": evaluate,
    "explain": explain,
    "lesson": lesson,
    "alignment": alignment,
    "train": train,
    "family": family,
    "benchmark": benchmark,
    "data": data,
    "serve": serve,
}
