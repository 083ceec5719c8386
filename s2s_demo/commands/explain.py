"""Explain: why a model wrote a word, in numbers; and what it would have written otherwise.

Without further options, one step of the decoder and three explanations of its word. Words and steps are numbered
from 1; a word of several pieces takes several steps.
"""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from s2s_demo.commands.lines import as_json, bad_byte
from s2s_demo.commands.options import add_model, add_strategy, strategy_of

if TYPE_CHECKING:
    from s2s_demo.explain import Breakpoints, Case, Edit, Inside, Lanes, Priced, Strip, WhatIf, Wish

LOOKS = ("uniform", "shuffled", "off")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_model(parser)
    add_strategy(parser)
    parser.add_argument("text", metavar="TEXT", help="what the model translates; - is standard input")
    parser.add_argument("--sentence", type=int, default=1, metavar="N", help="which of its sentences (1)")
    parser.add_argument("--word", type=int, metavar="N", help="the word of the translation to explain (1)")
    parser.add_argument("--step", type=int, metavar="N", help="the step to explain, in place of a word")
    what_if = parser.add_argument_group("what if", "changes, each on what the one before it left; any number of them")
    what_if.add_argument("--write", metavar="TEXT", help="it had written that, from the word on")
    what_if.add_argument("--weigh", nargs=2, metavar=("N", "W"), help="source word N had had the weight W at the step")
    what_if.add_argument("--look", metavar="HOW", help=f"it had looked otherwise at the step: {', '.join(LOOKS)}")
    what_if.add_argument("--everywhere", action="store_true", help="... and at all others")
    what_if.add_argument("--drop", type=int, action="append", metavar="N", help="source word N were not there")
    what_if.add_argument("--edit", action="append", metavar="JSON", help="a change as the page's links hold it")
    parts = parser.add_argument_group("more to show")
    parts.add_argument("--wish", metavar="TEXT", help="what it would have to look at to write that")
    parts.add_argument("--lanes", action="store_true", help="greedy, beam, sampling and exact search side by side")
    parts.add_argument("--reference", metavar="TEXT", help="is it search or model that did not write that?")
    parts.add_argument("--doctor", action="store_true", help="what is odd about the map of the whole sentence")
    parser.add_argument("--json", action="store_true", help="print one JSON document: every number")


def run(options: argparse.Namespace) -> None:
    """Compute what was asked for and print it."""
    from s2s_demo import explain
    from s2s_demo.checkpoint import load
    from s2s_demo.errors import InputError

    text = sys.stdin.read() if options.text == "-" else options.text
    if why := bad_byte(text):
        raise InputError(why)
    translator, strategy = load(options.model, options.device), strategy_of(options)
    case = explain.open_case(translator, text, strategy, sentence=options.sentence)
    number = options.step if options.step is not None else case.step_of(1 if options.word is None else options.word)
    edits = edits_of(options, number)
    facts = explain.overview(case)
    found: dict[str, Any] = {
        **explain.heading(case),
        "steps": facts,
        "breakpoints": explain.breakpoints(case, facts),
        "step": explain.step(case, number),
        "faithful": explain.strip(case, number),
    }
    if edits:
        found["what_if"] = explain.what_if(case, edits)
    if options.wish is not None:
        found["wish"] = explain.would_look(case, number, options.wish)
    if options.lanes:
        found["lanes"] = explain.lanes(case)
    if options.reference is not None:
        found["verdict"] = explain.verdict(case, options.reference)
    if options.doctor:
        found["doctor"] = explain.doctor(case)
    print(as_json(explain.as_plain(found)) if options.json else as_text(case, found))


def edits_of(options: argparse.Namespace, step: int) -> "list[Edit]":
    """The changes that the options ask for: those of the source first, then of looks, then of words."""
    from s2s_demo.errors import SettingError, check_choice
    from s2s_demo.explain import Drop, Weigh, Write, edit_from

    where = None if options.everywhere else step
    edits: list[Edit] = [Drop(source=word) for word in options.drop or ()]
    if options.look is not None:
        check_choice("look", options.look, LOOKS)
        edits.append(edit_from({"name": options.look, "step": where}))
    if options.weigh:
        try:
            edits.append(Weigh(step=where, source=int(options.weigh[0]), weight=float(options.weigh[1])))
        except ValueError:
            raise SettingError("explain.weigh-numbers", given=" ".join(options.weigh)) from None
    if options.write is not None:
        edits.append(Write(step=step, text=options.write))
    for plain in options.edit or ():
        try:
            edits.append(edit_from(json.loads(plain)))
        except (json.JSONDecodeError, RecursionError):
            raise SettingError("explain.edit-json", given=plain[:60]) from None
    return edits


def as_text(case: "Case", found: dict[str, Any]) -> str:
    """A readable account of what was found."""
    rows = [f"{found['source']['text']}  ->  {found['translation']['text']}", _stops(found["breakpoints"]), ""]
    rows += _step(found["step"])
    rows += ["", *_faithful(found["faithful"])]
    if "what_if" in found:
        rows += ["", *_what_if(found["what_if"])]
    if "wish" in found:
        rows += ["", *_wish(case, found["wish"])]
    if "lanes" in found:
        rows += ["", *_lanes(found["lanes"])]
    if "verdict" in found:
        rows += ["", str(found["verdict"].said), *_words(found["verdict"].reference)]
    if "doctor" in found:
        rows += ["", *(f"{badge.said} {badge.effect} {badge.action}" for badge in found["doctor"])]
        rows += [] if found["doctor"] else ["The map looks healthy."]
    return "\n".join(rows)


def _stops(found: "Breakpoints") -> str:
    doubtful, undecided = (", ".join(map(str, steps)) or "none" for steps in (found.doubtful, found.undecided))
    parting = f"at step {found.parting}" if found.parting else "nowhere"
    return f"steps with p < .5: {doubtful}; with entropy > 1: {undecided}; {found.other} search parts {parting}"


def _step(inside: "Inside") -> list[str]:
    rows = [f"step {inside.step} of {inside.steps}, after {inside.last_word}: {inside.written.piece}"]
    rows += [f"  {formula.latex}" for formula in inside.formulas]
    if inside.energies is not None:
        rows.append(f"  {'source piece':<20} {'energy':>8} {'attention':>9}")
        for piece, energy, weight in zip(inside.source, inside.energies, inside.alignment, strict=True):
            rows.append(f"  {piece.piece:<20} {energy:8.2f} {weight:9.3f}")
    rows.append(f"  {'could be written':<20} {'logit':>8} {'log p':>9}")
    for likely in inside.likeliest:
        rows.append(f"  {likely.piece:<20} {likely.logit:8.2f} {likely.log_prob:9.3f}")
    return rows


def _faithful(strip: "Strip") -> list[str]:
    rows = [f"{strip.word}: log p {strip.log_prob:.3f}", f"  {strip.said}"]
    rows.append(f"  {'source word':<20} {'attention':>9} {'gradient':>9} {'occlusion':>9}")
    for place, word in enumerate(strip.source):
        weight = "" if strip.attention is None else f"{strip.attention[place]:.3f}"
        rows.append(f"  {word:<20} {weight:>9} {strip.gradient[place]:9.3f} {strip.occlusion[place]:9.3f}")
    for agreement in strip.agreements:
        same = "the same first word" if agreement.same_top else "another first word"
        rows.append(f"  {' and '.join(agreement.between)}: Kendall's tau {agreement.tau:.2f}, {same}")
    return rows


def _what_if(found: "WhatIf") -> list[str]:
    return [
        f"{found.old.text}  (Σ log p {found.old.total_log_prob:.3f})",
        f"{found.new.text}  (Σ log p {found.new.total_log_prob:.3f}, under the changes "
        f"{found.new.edited_total_log_prob:.3f}; Δ {found.delta:+.3f})",
        *_words(found.new),
    ]


def _words(priced: "Priced") -> list[str]:
    return [f"  {word.text:<20} {word.log_prob:9.3f}" for word in priced.words]


def _wish(case: "Case", wish: "Wish") -> list[str]:
    verb = "would be written" if wish.reached else "would still not be written"
    rows = [
        f"{wish.text} {verb} with this look; {wish.moved:.0%} of the attention moved, "
        f"log p {wish.own_log_prob:.3f} -> {wish.found_log_prob:.3f}"
    ]
    for place, token in enumerate(case.source):
        piece = case.translator.tokenizer.pieces[token]
        rows.append(f"  {piece:<20} {wish.own[place]:9.3f} {wish.found[place]:9.3f}")
    return rows


def _lanes(lanes: "Lanes") -> list[str]:
    rows = [f"saying nothing: log p {lanes.empty_log_prob:.3f}"]
    for lane in lanes.lanes:
        proof = ""
        if lane.proved is not None:
            proof = f"  ({'proved best of all' if lane.proved else 'best so far'}; {lane.nodes:,} nodes)"
        rows.append(
            f"  {lane.name:<9} {lane.milliseconds:7.0f} ms  Σ {lane.translation.total_log_prob:8.3f}  "
            f"score {lane.score:8.3f}  {lane.translation.text}{proof}"
        )
    return rows
