"""A visitor's question as tab Inside reads it: a sentence, what was written for it, and the changes made so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

from s2s_demo.explain import (
    Badge,
    Breakpoints,
    Case,
    Edit,
    Inside,
    Lanes,
    StepFacts,
    Strip,
    Verdict,
    WhatIf,
    Wish,
    Write,
    as_plain,
    breakpoints,
    doctor,
    heading,
    lanes,
    strip,
    verdict,
    what_if,
    would_look,
)
from s2s_demo.explain.breakpoints import otherwise_found
from s2s_demo.explain.faithful import Occluded, occlusions
from s2s_demo.explain.forced import Forced, forced
from s2s_demo.explain.inside import facts_of, inside_of, prices_at
from s2s_demo.explain.replay import Replayed, after, unedited, walk_under
from s2s_demo.explain.walk import Walk
from s2s_demo.serving.query import Question
from s2s_demo.ui.parts.handler import Visit


@dataclass
class Kept:
    """What was found of a sentence as the model is, whatever is changed: another strategy's words, the searches.

    And which step was shown last, and at which the page opened with the tab: the tab's own event is still to come.
    """

    step: int = 0
    opening: int = 0
    other: tuple[int, ...] | None = None
    lanes: Lanes | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """One sentence of a question under a list of edits; each of its numbers is computed once.

    `sentence` and `hypothesis` (of those that the strategy found, best first) count from 0; `plain` is what the model
    thinks of what was written before any edit, `replayed` what the edits come to.
    """

    question: Question
    sentences: tuple[str, ...]
    sentence: int
    case: Case
    plain: Forced = field(repr=False)
    replayed: Replayed = field(repr=False)
    hypothesis: int = 0
    kept: Kept = field(default_factory=Kept, repr=False)
    _asked: dict[str, Verdict | Wish] = field(default_factory=dict, init=False, repr=False)
    _strips: dict[int, Strip] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, visit: Visit, question: Question, sentence: int = 0, hypothesis: int = 0) -> "Reading":
        """The reading of a question; S2SError for one that cannot be asked.

        Where there is no such sentence or hypothesis it is the first.
        """
        query = question.query()
        translation = visit.library.translate(query, visit.session)
        translator = visit.library.get(query.model, visit.session)
        place = sentence if 0 <= sentence < len(translation.sentences) else 0
        found = translation.sentences[place]
        chosen = hypothesis if 0 <= hypothesis < len(found.hypotheses) else 0
        case = Case.of(translator, found, query.strategy, chosen)
        texts = tuple(each.source.text for each in translation.sentences)
        (plain,) = forced(case, [case.written])
        return cls(question, texts, place, case, plain, unedited(case, plain), chosen)

    def under(self, edits: Sequence[Edit]) -> "Reading":
        """The same sentence under other edits; S2SError where one of them makes no sense."""
        known = self.replayed
        while known.before and known.edits != tuple(edits[: len(known.edits)]):
            known = known.before
        return replace(self, replayed=reduce(after, edits[len(known.edits) :], known))

    @property
    def edits(self) -> tuple[Edit, ...]:
        return self.replayed.edits

    @property
    def now(self) -> Case:
        """The case after the edits."""
        return self.replayed.case

    @cached_property
    def forced(self) -> Forced:
        """What the model thinks, without the edits, of what is written now."""
        return self.plain if self.now.written == self.case.written else forced(self.now, [self.now.written])[0]

    @cached_property
    def facts(self) -> tuple[StepFacts, ...]:
        """What is written now, step by step, by the model itself."""
        return facts_of(self.now, self.forced)

    @cached_property
    def breakpoints(self) -> Breakpoints:
        """Where the model, or its search, was in doubt."""
        self.kept.other = self.kept.other or otherwise_found(self.case)
        return breakpoints(self.now, self.facts, self.kept.other)

    @cached_property
    def what_if(self) -> WhatIf:
        """What the edits come to, at its price."""
        return what_if(self.case, self.edits, self.replayed, (self.plain.log_probs, self.forced.log_probs))

    @cached_property
    def badges(self) -> tuple[Badge, ...]:
        """What is odd about the map; nothing where there is none."""
        return doctor(self.now, self.occluded) if self.now.model.looks else ()

    @cached_property
    def occluded(self) -> Occluded:
        """What each source word is worth to each step."""
        return occlusions(self.now)

    @property
    def lanes(self) -> Lanes:
        """Several searches of the sentence, as the model is."""
        self.kept.lanes = self.kept.lanes or lanes(self.case)
        return self.kept.lanes

    def verdict(self, reference: str) -> Verdict:
        """Whether search or model is to blame that a reference was not written."""
        self._asked["verdict"] = found = verdict(self.case, reference)
        return found

    def wish(self, number: int, text: str) -> Wish:
        """What the model would have to look at to write a text at a step."""
        self._asked["wish"] = found = would_look(self.now, self.clamped(number), text)
        return found

    def document(self, number: int) -> dict[str, object]:
        """All that is shown of a step, as `s2s-demo explain --json` has it; what was not asked for is not there."""
        searched = {"lanes": self.lanes} if self.kept.lanes else {}
        shown = {
            "steps": self.facts,
            "breakpoints": self.breakpoints,
            "step": self.inside(number),
            "faithful": self.strip(number),
            "what_if": self.what_if,
            "doctor": self.badges,
        }
        plain: dict[str, object] = as_plain({**heading(self.now), **shown, **searched, **self._asked})
        return plain

    def clamped(self, number: object) -> int:
        """The number of a step that a browser sends, where there is such a step; else the nearest."""
        return min(max(number, 1), len(self.now.written)) if type(number) is int else 1

    def inside(self, number: int) -> Inside:
        """All numbers of a step, under the edits of looks and of the source."""
        return inside_of(self.walk, number)

    def unedited(self, number: int, tokens: Sequence[int]) -> list[float] | None:
        """log p of some tokens at a step without the edits of looks and source; None where there are none."""
        if all(isinstance(edit, Write) for edit in self.edits):
            return None
        return prices_at(self.own_walk, number, tokens)

    @cached_property
    def own_walk(self) -> Walk:
        """The same way without the edits."""
        return walk_under(self.now, ())

    @cached_property
    def walk(self) -> Walk:
        """The decoder's way along what is written now, under the edits."""
        return walk_under(self.now, self.edits)

    def strip(self, number: int) -> Strip:
        """Three explanations of the word that is written at a step."""
        first = self.now.steps_of(number)[0]
        if first not in self._strips:
            self._strips[first] = strip(self.now, first, self.occluded)
        return self._strips[first]
