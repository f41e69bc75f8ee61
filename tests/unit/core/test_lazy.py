"""Heavy libraries are imported when used, not at the start."""

import subprocess
import sys

import pytest

from studyapp.core.lazy import LazyModule


def test_a_name_is_the_modules_own() -> None:
    """What the stand-in gives is what the module has, and a name it lacks is missed as usual."""
    json = LazyModule("json")
    assert json.dumps([1]) == "[1]"
    assert json.dumps is __import__("json").dumps
    with pytest.raises(AttributeError):
        json.no_such_name  # noqa: B018 - the access is the test


def test_opening_a_study_imports_no_numpy() -> None:
    """The services come up without numpy, which takes a fifth of a second; the first card shown brings it."""
    script = (
        "import sys; import studyapp.services.study, studyapp.domain.scheduling as s; early = 'numpy' in sys.modules; "
        "s.choices(s.NEW_CARD, 1, 'x', 0.9); print(early, 'numpy' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "True"]
