"""What happens on tab Compare: one sentence through several lanes, and figures of what was measured before."""

from functools import partial
from typing import Any

import gradio as gr

from s2s_demo.ui.compare import figures
from s2s_demo.ui.compare.family import family_value
from s2s_demo.ui.compare.form import Form
from s2s_demo.ui.compare.lanes import Run, lanes_value
from s2s_demo.ui.compare.models import first_models, first_strategies, kinds_of, model_choices, models_of
from s2s_demo.ui.compare.shown import Family, Figures, Members, Opened, Shown
from s2s_demo.ui.parts.handler import Visit, calmly, handler
from s2s_demo.ui.parts.layout import chip_updates

PLACE = "compare"  # of an older and a newer question there, only the newer one is answered


@handler(Members.saying, latest="family")
def on_family(visit: Visit, text: Any) -> Members:
    """A sentence for the whole family to read."""
    return Members(family=family_value(visit, str(text or "")))


@handler(Shown.saying, latest=PLACE)
def on_compare(visit: Visit, *values: Any) -> Shown:
    """A new question: all its lanes."""
    return compared(visit, Form(*values))


@handler(Family.saying, latest=PLACE)
def on_kind(visit: Visit, kind: str, *values: Any) -> Family:
    """Other models, that read something else: all of one family, and an example to read."""
    entries = visit.library.entries(visit.session)
    alike = models_of(entries, kind)
    models = first_models(alike)
    texts = visit.library.examples(models[0], visit.session) if models else ()
    asked = Form(*values)._replace(models=models, strategies=first_strategies(models))
    asked = asked._replace(text=next(iter(texts), asked.text))
    return Family(
        text=asked.text,
        models=gr.update(choices=model_choices(alike), value=models),
        strategies=asked.strategies,
        chips=tuple(chip_updates(texts)),
        shown=calmly(Shown.saying, partial(compared, visit, asked)),
        figures=calmly(Figures.saying, partial(figures.show, entries, models)),
    )


@handler(Opened.saying)
def on_open(visit: Visit, kind: str, question: list[Any] | None, *values: Any) -> Opened:
    """The tab is opened: the first time its example is compared, later only the choice of models is made anew."""
    entries = visit.library.entries(visit.session)
    opened = Opened(
        kind=gr.update(choices=kinds_of(entries)), models=gr.update(choices=model_choices(models_of(entries, kind)))
    )
    if question is not None:
        return opened
    asked = Form(*values)
    compare = partial(calmly, Shown.saying, partial(compared, visit, asked))
    return opened._replace(
        shown=visit.visitor.turns(PLACE).answer(compare, Shown.saying(gr.skip())),
        figures=calmly(Figures.saying, partial(figures.show, entries, asked.models)),
    )


@handler(Figures.saying)
def on_test_set(visit: Visit, test_set: str) -> Figures:
    """The figures of another test set."""
    return figures.show(visit.library.entries(), (), test_set)


def compared(visit: Visit, asked: Form) -> Shown:
    """All lanes of what is asked."""
    library, session = visit.library, visit.session
    runs = [
        Run(query, library.get(query.model, session), library.translate(query, session)) for query in asked.queries()
    ]
    labels = {name: label for label, name in library.choices(session)}
    return Shown(question=[*asked], lanes=lanes_value(runs, labels))
