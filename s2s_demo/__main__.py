"""`python -m s2s_demo` is `s2s-demo`."""

import sys

from s2s_demo.cli import main

sys.exit(main())
