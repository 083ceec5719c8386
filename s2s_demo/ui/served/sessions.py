"""What Gradio keeps of each visitor, made cheap: a tree of 400 components is described once, not once a visitor.

At its first event a session asks for the description of every component, so that a copy of the page could be made of
it.  That takes a tenth of a second of the server; when thirty open the page together, the last waits for three.
"""

from typing import Any

import gradio as gr
from gradio.blocks import Block, BlocksConfig


class SharedConfig(BlocksConfig):
    """Gradio's record of a finished tree, which remembers how it described a component.

    A component never changes: what an event alters for one visitor is another object in that visitor's own record.
    """

    def __init__(self, root_block: gr.Blocks) -> None:
        super().__init__(root_block)
        self._described: dict[int, tuple[Block, dict[str, Any]]] = {}

    @classmethod
    def of(cls, config: BlocksConfig) -> "SharedConfig":
        """The same record."""
        shared = cls(config.root_block)
        shared.__dict__.update(config.__dict__)
        return shared

    def __copy__(self) -> "SharedConfig":
        made = SharedConfig.of(BlocksConfig.__copy__(self))  # type: ignore[no-untyped-call]
        made._described = self._described
        return made

    def config_for_block(  # type: ignore[override]  # of a tree, where Gradio needs none
        self, _id: int, rendered_ids: list[int], block: Block, renderable: Any = None
    ) -> dict[str, Any]:
        """As Gradio's, from memory where the component is the tree's own; whoever asks may change what they get."""
        if renderable:
            return BlocksConfig.config_for_block(_id, rendered_ids, block, renderable)
        of, found = self._described.get(_id, (None, {}))
        if of is not block:
            found = BlocksConfig.config_for_block(_id, rendered_ids, block)
            if block is self.root_block.blocks.get(_id):
                self._described[_id] = block, found
        return {**found, "props": found["props"].copy()}
