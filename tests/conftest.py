"""What holds for every test: no screen is needed, and how often the kill tests kill."""

import os

import pytest

# Before any test imports Qt: its windows need no display. The faults tests start programs of their own on Xvfb.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--kills N`: how many times each kill test kills the program."""
    parser.addoption("--kills", type=int, default=2, help="how many times each kill test kills the program")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How many times to kill."""
    return int(request.config.getoption("--kills"))
