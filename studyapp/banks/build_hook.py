"""Hatchling's hook: a wheel carries the compiled bank and the resources instead of the YAML sources."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

# Imported by name, because only a build has hatchling.
_Interface: Any = import_module("hatchling.builders.hooks.plugin.interface").BuildHookInterface


class BankBuildHook(_Interface):  # type: ignore[misc]  # hatchling is not there when types are checked
    """Compiles the bank and adds it with `resources/` to the wheel under `studyapp/_data`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called before the build; an editable install needs nothing, it reads the checkout.

        Raises:
            StudyAppError: the bank has errors, so there is nothing fit to ship.
        """
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            compiled = import_module("studyapp.banks.compiled")
            banks, exams = root / "question_banks", root / "resources" / "exams"
            file = root / "studyapp" / "_data" / "bank.json"
            compiled.write_compiled(compiled.compile_sources(banks, exams), file)
        finally:
            sys.path.remove(str(root))
        build_data["force_include"][str(file)] = "studyapp/_data/bank.json"
        build_data["force_include"][str(banks / "LICENSE")] = "studyapp/_data/LICENSE-question-banks"
        build_data["force_include"][str(root / "resources")] = "studyapp/_data/resources"
