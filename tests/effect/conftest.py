"""Lets the tests of this folder find `gedeeld` when only this folder is run."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))
# The oracle of trajecten is shared with the tests of the Meting.
sys.path.append(str(Path(__file__).parents[1] / "meten"))
