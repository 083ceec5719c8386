"""Searching for a translation: one file and one line here for each strategy, in the page's order.

A strategy is a frozen record of settings; `search` runs it for many sentences at once and returns
everything that was looked at (`Trace`); `tree` turns one sentence's part of that into plain nodes.
"""

from collections.abc import Mapping

from s2s_demo.decoding.bayes_risk import MinimumBayesRisk
from s2s_demo.decoding.beam import Beam
from s2s_demo.decoding.coverage import CoverageBeam
from s2s_demo.decoding.diverse import DiverseBeam
from s2s_demo.decoding.exact import Exact, Found, exact_search
from s2s_demo.decoding.exhaustive import Exhaustive
from s2s_demo.decoding.forced import forced_log_probs
from s2s_demo.decoding.greedy import Greedy
from s2s_demo.decoding.sampling import Sampling
from s2s_demo.decoding.search import search
from s2s_demo.decoding.strategy import Strategy
from s2s_demo.decoding.trace import Trace
from s2s_demo.decoding.tree import Hypothesis, Node, Tree, best_path, log_probs_to, read_hypotheses, read_tree
from s2s_demo.settings import Setting, member_from, members_settings

STRATEGIES: dict[str, type[Strategy]] = {
    "greedy": Greedy,
    "beam": Beam,
    "sampling": Sampling,
    "diverse_beam": DiverseBeam,
    "coverage_beam": CoverageBeam,
    "bayes_risk": MinimumBayesRisk,
    "exact": Exact,
    "exhaustive": Exhaustive,
}


def strategy_settings() -> tuple[Setting, ...]:
    """What can be set of the strategies: each setting once, with the names of the strategies that have it."""
    return members_settings(STRATEGIES)


def strategy_from(name: str, values: Mapping[str, object], *, shared: bool = False) -> Strategy:
    """The strategy of that name with those of the `values` (by public name) that are settings of its own.

    SettingError for what is unknown or impossible; on a `shared` server, for what a visitor may not ask.
    """
    return member_from(STRATEGIES, "strategy", name, values, shared=shared)


__all__ = [
    "STRATEGIES",
    "Beam",
    "CoverageBeam",
    "DiverseBeam",
    "Exact",
    "Exhaustive",
    "Found",
    "Greedy",
    "Hypothesis",
    "MinimumBayesRisk",
    "Node",
    "Sampling",
    "Strategy",
    "Trace",
    "Tree",
    "best_path",
    "exact_search",
    "forced_log_probs",
    "log_probs_to",
    "read_hypotheses",
    "read_tree",
    "search",
    "strategy_from",
    "strategy_settings",
]
