"""YAML read safely, with the line of every value; every fault is a problem, none an exception."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from studyapp.banks.problems import Problem, Rule, error

Path_ = tuple[str | int, ...]

_MAX_BYTES = 8_000_000  # far above any leaf file; a bank is text written by hand
_MAX_DEPTH = 30
# libyaml's reader is ten times faster where PyYAML was built with it.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data of a YAML file and the line (from 1) at which each value starts, by its path of keys and indexes."""

    file: str
    data: Any
    lines: Mapping[Path_, int]

    def line(self, path: Path_) -> int:
        """The line of the value at `path`, or of the nearest thing around it that exists."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1


def read_yaml(path: Path, problems: list[Problem]) -> Document | None:
    """Read one YAML file. Faults are appended to `problems`; None when nothing usable is left."""
    file = path.as_posix()
    text = _read_text(path, file, problems)
    if text is None:
        return None
    if not text.strip():
        problems.append(error(Rule.EMPTY_FILE, "The file is empty.", file=file, line=1))
        return None
    return _read_document(text, file, problems)


def _read_text(path: Path, file: str, problems: list[Problem]) -> str | None:
    if path.is_dir():
        problems.append(error(Rule.UNREADABLE, "This is a folder where a file should be.", file=file))
        return None
    try:
        if path.stat().st_size > _MAX_BYTES:
            problems.append(error(Rule.UNREADABLE, "The file is larger than 8 MB.", file=file))
            return None
        raw = path.read_bytes()
    except OSError as failure:
        reason = (failure.strerror or type(failure).__name__).lower()
        problems.append(error(Rule.UNREADABLE, f"The file cannot be read: {reason}.", file=file))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        sentence = f"The file is not UTF-8: byte 0x{raw[failure.start]:02x} in line {line}."
        problems.append(error(Rule.ENCODING, sentence, file=file, line=line))
        return None


def _read_document(text: str, file: str, problems: list[Problem]) -> Document | None:
    try:
        loader = _Loader(text)
    except yaml.YAMLError as failure:
        problems.append(_syntax_problem(failure, text, file))
        return None
    try:
        node = loader.get_single_node()
        if node is None:
            problems.append(error(Rule.EMPTY_FILE, "The file holds no data, only comments.", file=file, line=1))
            return None
        walk = _Walk(file, loader, problems)
        data = walk.value(node, (), 0)
        return Document(file, data, walk.lines)
    except yaml.YAMLError as failure:
        problems.append(_syntax_problem(failure, text, file))
    except RecursionError:
        problems.append(error(Rule.YAML, "The file is nested too deeply.", file=file, line=1))
    finally:
        loader.dispose()
    return None


def _syntax_problem(failure: yaml.YAMLError, text: str, file: str) -> Problem:
    mark = getattr(failure, "problem_mark", None)
    position = getattr(failure, "position", None)
    if mark is not None:
        line = mark.line + 1
    elif isinstance(position, int):  # a character that YAML does not allow
        line = text.count("\n", 0, position) + 1
    else:
        line = 1
    reason = str(getattr(failure, "problem", None) or getattr(failure, "reason", None) or "it cannot be read")
    return error(Rule.YAML, f"This is not valid YAML: {reason}.", file=file, line=line)


@dataclass(slots=True)
class _Walk:
    """Turns composed nodes into plain data while noting lines, duplicate keys and aliases."""

    file: str
    loader: Any
    problems: list[Problem]
    lines: dict[Path_, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)

    def value(self, node: yaml.Node, path: Path_, depth: int) -> Any:
        line = node.start_mark.line + 1
        self.lines[path] = line
        if depth > _MAX_DEPTH:
            self._report(Rule.YAML, "The file is nested too deeply.", line)
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        if id(node) in self.seen:
            # An alias repeats a list or mapping; a handful of nested ones would fill the memory.
            self._report(
                Rule.ALIAS, "An alias (*) may repeat a single value only: write the list or mapping out.", line
            )
            return {} if isinstance(node, yaml.MappingNode) else []
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path, depth)
        return [self.value(child, (*path, index), depth + 1) for index, child in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, path: Path_, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._scalar(key_node, line) if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str):
                self._report(Rule.YAML, "A key must be plain text; put quotes around it.", line)
                continue
            if key in data:
                self._report(Rule.DUPLICATE_KEY, f"The key '{key}' stands twice in one mapping.", line)
                continue
            data[key] = self.value(value_node, (*path, key), depth + 1)
            self.lines[(*path, key)] = line
        return data

    def _scalar(self, node: yaml.Node, line: int) -> Any:
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError, OverflowError) as failure:
            reason = getattr(failure, "problem", None) or str(failure)
            self._report(Rule.YAML, f"This is not valid YAML: {reason}.", line)
            return None

    def _report(self, rule: Rule, sentence: str, line: int) -> None:
        self.problems.append(error(rule, sentence, file=self.file, line=line))
