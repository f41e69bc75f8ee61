"""Importing a heavy library when it is first used, not when the program starts."""

import importlib
from typing import Any


class LazyModule:
    """Stands for a module and imports it at the first access to one of its names.

    Type checkers are shown the real module: `if TYPE_CHECKING: import x` with this in the other branch.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(importlib.import_module(self._name), attribute)
        # Kept, so that the next access costs no more than one to the module itself.
        setattr(self, attribute, value)
        return value
