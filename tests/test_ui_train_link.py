"""A link to a run: the form says it, and it says the form; the tour and the timeline open Train by such links."""

import json

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pages import ask, is_skipped

from s2s_demo.live import PRESETS
from s2s_demo.serving.library import Library
from s2s_demo.serving.query import parameters_of
from s2s_demo.serving.run_link import SUITS, run_settings
from s2s_demo.settings import Setting
from s2s_demo.ui.learn.steps import TOUR
from s2s_demo.ui.learn.timeline import STATIONS
from s2s_demo.ui.parts.handler import Visit, leaves
from s2s_demo.ui.train.form import Form
from s2s_demo.ui.train.link import asked_for, changes_from, link_of, on_link, on_open
from s2s_demo.ui.train.trainer import OWN, Trainer

LIBRARY = Library()
VISIT = Visit(LIBRARY)


def form_for(parameters: dict[str, str]) -> tuple[str, str, Form]:
    """The task, the preset and the form that a link opens."""
    task, preset = asked_for(parameters)
    before = Form.of(Trainer(LIBRARY).preset(preset, task, ""))
    return task, preset, before.changed(changes_from(parameters))


def values_of(setting: Setting) -> st.SearchStrategy[str]:
    if setting.kind is bool:
        return st.sampled_from(["true", "false"])
    if not setting.is_number:
        return st.sampled_from(setting.allowed)
    low, high = setting.range(shared=True)
    return st.integers(int(low) + 1, int(min(high, 10**6))).map(str) if high >= low + 1 else st.just(f"{high:g}")


LINKS = st.fixed_dictionaries(
    {},
    optional={
        "task": st.sampled_from(["dates", "reverse", "copy-names"]),
        "preset": st.sampled_from([*PRESETS, SUITS]),
        **{name: values_of(each) for name, each in run_settings().items()},
    },
)


@given(LINKS)
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
def test_the_form_of_a_link_has_a_link_that_opens_the_same_form(parameters: dict[str, str]) -> None:
    task, preset, form = form_for(parameters)
    again = link_of(VISIT, task, preset, form)
    assert again.items() <= {"task": task, "preset": preset, **parameters}.items()  # what does not matter is left out
    other_task, other_preset, other = form_for(again)
    assert (other_task, other_preset, matters_of(other)) == (task, preset, matters_of(form))


def matters_of(form: Form) -> dict[str, object]:
    matter = {each.setting.name for each in form.asked_now()}
    return {name: value for name, value in form.values().items() if name in matter or name in form.knobs._fields}


def base(task: str, preset: str):
    return Trainer(LIBRARY).preset(preset, task, "")


def test_what_a_form_begins_with_needs_no_link_and_own_pairs_have_none() -> None:
    task, preset, form = form_for({})
    assert json.loads(ask(on_link, LIBRARY, task, preset, *leaves(form))) == {}
    assert json.loads(ask(on_link, LIBRARY, OWN, SUITS, *leaves(form))) == {}
    changed = form.changed({"seed": 5, "hidden_size": 64, "forced": False})
    said = json.loads(ask(on_link, LIBRARY, task, preset, *leaves(changed)))
    assert said == {"run-seed": "5", "run-hidden-size": "64", "run-forced": "false"}


def test_a_link_fills_in_the_form_and_any_other_address_leaves_it() -> None:
    assert is_skipped(ask(on_open, LIBRARY, "?text=A+man.&lang=zh").task)
    opened = ask(on_open, LIBRARY, "?preset=see-2017&run-seed=7&run-layers=many")
    assert (opened.task, opened.preset, opened.message) == ("copy-names", "see-2017", "")
    assert [value for value in opened.form.start if value == 7]


@pytest.mark.parametrize(
    "each", [each for each in (*TOUR, *STATIONS) if each.tab == "train"], ids=lambda each: each.key
)
def test_a_step_or_station_of_train_opens_a_run_that_can_start(each) -> None:
    task, preset, form = form_for(dict(each.link))
    assert form.settings(base(task, preset)).task == task
    assert len(changes_from(each.link)) == sum(name.startswith("run-") for name in each.link)


GOLDEN = (  # made on 27 November 2026; what is handed out once opens ever after
    "?tab=train&preset=vaswani-2017&run-decoder=gnmt&run-attention=additive&run-seed=5&run-ratio=0.5"
    "&hide=tabs,model&note=Watch+the+gap&lang=zh"
)


def test_a_link_to_a_run_that_was_made_long_ago_opens_the_same_run() -> None:
    task, preset, form = form_for(parameters_of(GOLDEN))
    run = form.settings(base(task, preset))
    assert (run.task, run.encoder, run.decoder, run.attention, run.seed) == (
        "dates",
        "transformer",
        "gnmt",
        "additive",
        5,
    )
    assert run.teacher_forcing.start == 0.5
