"""The pure parts of the scripts, run by node."""

import shutil
import subprocess
from pathlib import Path

import pytest

from s2s_demo.ui.served.static import UI

NODE = shutil.which("node")


@pytest.mark.skipif(not NODE, reason="no node on the PATH")
def test_the_pure_parts_of_the_scripts_do_what_they_say() -> None:
    done = subprocess.run(
        [str(NODE), Path(__file__).with_name("parts.js"), UI], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
