"""The files a bank is made of, and their hash. Needs neither YAML nor pydantic: it runs at every start."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def yaml_in(folder: Path) -> list[Path]:
    """The YAML files directly in `folder`, by name; empty when it is no folder."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in {".yaml", ".yml"})


def source_files(banks_dir: Path, exams_dir: Path | None) -> list[tuple[str, Path]]:
    """Every file that a compiled bank depends on, by a name that is the same on every machine, in a fixed order."""
    folders = [banks_dir]
    if banks_dir.is_dir():
        folders += sorted(path for path in banks_dir.iterdir() if path.is_dir())
    files = [
        ("banks/" + path.relative_to(banks_dir).as_posix(), path) for folder in folders for path in yaml_in(folder)
    ]
    if exams_dir is not None:
        files += [("exams/" + path.name, path) for path in yaml_in(exams_dir)]
    return sorted(files)


def hash_files(files: Iterable[tuple[str, Path]]) -> str:
    """SHA-256 over names and contents, in hexadecimal. Line endings count as \\n, so a checkout on Windows agrees."""
    digest = hashlib.sha256()
    for name, path in files:
        try:
            content = path.read_bytes().replace(b"\r\n", b"\n")
        except OSError:
            content = b""  # reading the bank reports it
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
