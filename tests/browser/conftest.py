"""The sample report of the exporters is looked at in a browser too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "rapport"))
