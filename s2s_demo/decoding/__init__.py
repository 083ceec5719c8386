"""Searching for a translation: one file and one line here for each strategy, in the page's order.

A strategy is a frozen record of settings; `search` runs it for many sentences at once and returns
everything that was looked at (`Trace`); `tree` turns one sentence's part of that into plain nodes.
"""

from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.exact import Exact, exact_search
from s2s_demo.decoding.forced import forced_log_probs
from s2s_demo.decoding.greedy import Greedy
from s2s_demo.decoding.sampling import Sampling
from s2s_demo.decoding.search import search
from s2s_demo.decoding.strategy import Strategy
from s2s_demo.decoding.trace import Trace
from s2s_demo.decoding.tree import Hypothesis, Node, Tree, best_path, read_hypotheses, read_tree

STRATEGIES: dict[str, type[Strategy]] = {"greedy": Greedy, "beam": Beam, "sampling": Sampling}

__all__ = [
    "STRATEGIES",
    "Beam",
    "Exact",
    "Greedy",
    "Hypothesis",
    "Node",
    "Sampling",
    "Strategy",
    "Trace",
    "Tree",
    "best_path",
    "exact_search",
    "forced_log_probs",
    "read_hypotheses",
    "read_tree",
    "search",
]
