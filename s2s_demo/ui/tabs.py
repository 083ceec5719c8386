"""The tabs of the page: one file and one line here for each, in the page's order.

A tab is a module with the key of its `TITLE` and `build(page)`, which lays out its parts inside the current
`gr.Tab`, and wires them.
"""

from types import ModuleType

from s2s_demo.ui.compare import tab as compare
from s2s_demo.ui.evaluate import tab as evaluate
from s2s_demo.ui.inside import tab as inside
from s2s_demo.ui.senses import tab as senses
from s2s_demo.ui.train import tab as train
from s2s_demo.ui.translate import tab as translate

TABS: dict[str, ModuleType] = {
    "translate": translate,
    "train": train,
    "compare": compare,
    "inside": inside,
    "senses": senses,
    "evaluate": evaluate,
}
