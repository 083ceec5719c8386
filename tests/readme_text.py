"""The README as its tests read it: without its front matter."""

import re

from s2s_demo.checkpoint import SHIPPED

ROOT = SHIPPED.parent
README = (ROOT / "README.md").read_text(encoding="utf-8").split("---\n", 2)[2]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"(?:^\|.*\n)+", re.MULTILINE)
