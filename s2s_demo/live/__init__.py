"""Live training: runs that go on while somebody watches, and obey while they go on."""

from s2s_demo.live.lane import Change
from s2s_demo.live.presets import PRESETS, preset_for, preset_key, preset_name
from s2s_demo.live.records import Check, Event, LaneView, Moment, Point, Probe, RunView, Sample, Try, TwoPrefixes
from s2s_demo.live.registry import Runs
from s2s_demo.live.run import Run
from s2s_demo.live.settings import RunSettings
from s2s_demo.live.takeaway import as_translator, export_zip, import_zip

__all__ = [
    "PRESETS",
    "Change",
    "Check",
    "Event",
    "LaneView",
    "Moment",
    "Point",
    "Probe",
    "Run",
    "RunSettings",
    "RunView",
    "Runs",
    "Sample",
    "Try",
    "TwoPrefixes",
    "as_translator",
    "export_zip",
    "import_zip",
    "preset_for",
    "preset_key",
    "preset_name",
]
