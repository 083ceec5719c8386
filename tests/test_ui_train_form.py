"""What tab Train asks: its form, its presets, its knobs, and nonsense in any of them."""

import math
from dataclasses import replace

import pytest
from live_cases import TINY, Copy
from train_cases import SMALL, request

from s2s_demo import words
from s2s_demo.errors import SettingError
from s2s_demo.live import PRESETS, RunSettings, preset_for
from s2s_demo.serving.library import Library
from s2s_demo.serving.names import task_name
from s2s_demo.settings import settings_of
from s2s_demo.tasks import TASKS, make_task
from s2s_demo.ui.parts.handler import flattened, leaves
from s2s_demo.ui.train import details
from s2s_demo.ui.train.controls import explained
from s2s_demo.ui.train.form import CLIPS, RATES, Form, Knobs, asked, forcing_of
from s2s_demo.ui.train.presets import ARCHITECTURE, SUITS, own_preset, preset_choices, preset_settings, task_of_preset
from s2s_demo.ui.train.trainer import OWN, task_choices


@pytest.mark.parametrize("name", PRESETS)
def test_the_form_shows_a_preset_and_gives_it_back(name):
    settings = PRESETS[name]
    given = Form.of(settings).settings(settings)
    assert replace(given, teacher_forcing=settings.teacher_forcing) == settings
    assert [given.teacher_forcing.at(u) for u in (1, 100)] == [settings.teacher_forcing.at(u) for u in (1, 100)]
    assert settings.learning_rate in RATES
    assert settings.clip in CLIPS


@pytest.mark.parametrize("name", TASKS)
def test_the_menus_offer_what_suits_a_task(name):
    suits = preset_for(name, make_task(name))
    assert suits.learning_rate in RATES
    assert suits.clip in CLIPS


NONSENSE = (None, "many", True, math.nan, math.inf, -1, 1e12)


@pytest.mark.parametrize("name", [name for name in Knobs._fields if name != "forced"])
def test_nonsense_of_a_knob_is_a_setting_error(name):
    knobs = Form.of(TINY).knobs._replace(schedule="linear")
    for nonsense in NONSENSE:
        with pytest.raises(SettingError):
            Form.of(TINY)._replace(knobs=knobs._replace(**{name: nonsense})).settings(TINY)


@pytest.mark.parametrize(
    "each", [each for each in asked() if each.setting.kind is not bool], ids=lambda e: e.setting.name
)
def test_nonsense_from_a_browser_is_a_setting_error(each):
    values = Form.of(TINY).named() | ({each.picker.name: each.setting.members[0]} if each.picker else {})
    allowed = (None,) if each.setting.optional else ()
    for nonsense in (value for value in NONSENSE if value not in allowed):
        with pytest.raises(SettingError):
            Form(Form.of(TINY).knobs, tuple((values | {each.setting.name: nonsense}).values())).settings(TINY)


def test_the_forcing_controls_mean_off_a_ratio_or_a_schedule():
    assert forcing_of(False, 0.7, "linear", 10).at(5) == 0
    assert forcing_of(True, 0.7, "constant", 10).at(5) == 0.7
    assert forcing_of(True, 1.0, "linear", 10).at(5) == 0.5


def test_a_papers_preset_goes_with_any_task_and_a_tasks_preset_brings_its_own():
    assert task_of_preset("bahdanau-2015") is None
    assert task_of_preset("reverse-in-seconds") == "reverse"
    assert own_preset("roman") == SUITS
    settings = preset_settings("bahdanau-2015", "copy", Copy())
    assert (settings.task, settings.attention, settings.decoder) == ("copy", "additive", "bahdanau")
    with pytest.raises(SettingError, match="unknown preset"):
        preset_settings("Nobody 1999", "copy", Copy())


def test_a_papers_preset_brings_its_pace_to_quick_tasks_and_its_architecture_alone_to_corpora():
    paper = PRESETS["luong-2015"]
    assert preset_settings("luong-2015", "sort", make_task("sort")) == replace(paper, task="sort")
    captions = make_task("multi30k-en-fr")
    settings = preset_settings("luong-2015", "multi30k-en-fr", captions)
    architecture = {field: getattr(paper, field) for field in ARCHITECTURE}
    assert settings == replace(preset_for("multi30k-en-fr", captions), **architecture)


def test_every_task_on_offer_has_a_label():
    assert {name for _, name in task_choices()} == set(TASKS)
    assert all(task_name(name) != name for name in TASKS)
    assert task_choices(7)[0] == ("Your file: 7 pairs", OWN)


def test_the_form_asks_for_every_setting_of_a_run_and_of_its_members_once():
    names = [each.setting.name for each in asked()]
    assert len(set(names)) == len(names)
    assert {*names, *Knobs._fields} >= {each.field for each in settings_of(RunSettings)}
    assert "optimiser_momentum" in names
    assert Form.read(*leaves(SMALL)) == SMALL


@pytest.mark.parametrize("language", words.languages())
def test_every_setting_of_the_form_has_its_words_in_every_language(language: str):
    table = words.table(language)
    for each in asked():
        assert {f"settings.{each.setting.name}.{part}" for part in ("label", "help")} <= table.keys()


def test_the_help_of_a_number_says_its_range():
    layers = next(each.setting for each in asked() if each.setting.name == "layers")
    assert explained(layers) == "networks on top of each other, 1 to 4"


def test_settings_of_a_member_are_in_sight_while_it_is_chosen_and_only_then_obeyed():
    values = Form.of(TINY).named() | {"optimiser": "sgd", "optimiser_momentum": 0.5, "optimiser_beta1": 0.1}
    form = Form(Form.of(TINY).knobs, tuple(values.values()))
    assert form.settings(TINY).optimiser_settings == {"momentum": 0.5}
    own = [each for each in asked() if each.picker]
    seen = {each.setting.name for each, sight in zip(own, form.sights(), strict=True) if sight["visible"]}
    assert seen == {"encoder_size", "optimiser_momentum", "optimiser_nesterov"}
    changed = replace(TINY, optimiser="sgd", optimiser_settings={"momentum": 0.5})
    assert Form.of(changed).settings(TINY).optimiser_settings == {"momentum": 0.5}


def test_an_open_number_is_left_open_by_nothing_or_by_zero():
    for given in (None, 0):
        values = Form.of(TINY).named() | {"vocabulary_size": given}
        assert Form(Form.of(TINY).knobs, tuple(values.values())).settings(TINY).vocabulary_size is None


def test_the_line_of_the_fold_says_what_is_chosen():
    on_form = flattened(details.on_form(Library()))
    form = Form.of(replace(PRESETS["dates-in-seconds"], clip=1000.0))
    fold, *_ = on_form(request("ann"), *leaves(form))
    assert fold["label"] == "Details: GRU 128 · additive · luong · forcing constant · clip off · seed 3"
    fold, *_ = on_form(request("ann"), *leaves(Form.of(PRESETS["vaswani-2017"])))
    assert fold["label"].startswith("Details: Transformer 128 · multi-head · transformer · ")


def test_a_preset_keeps_its_old_name():
    assert preset_settings("Luong 2015", "copy", Copy()) == preset_settings("luong-2015", "copy", Copy())
    assert ("Luong 2015", "luong-2015") in preset_choices()
