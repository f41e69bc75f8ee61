"""The compiled bank: one typed JSON file that a start decodes in milliseconds instead of parsing YAML."""

import contextlib
import gc
import os
import re
from pathlib import Path
from typing import TypeVar

import msgspec

from studyapp.banks.sources import hash_files, source_files
from studyapp.core import paths
from studyapp.core.errors import StudyAppError
from studyapp.domain.bank import Bank
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.item import (
    AnyItem,
    ClozeItem,
    Item,
    MultipleItem,
    NumericItem,
    SingleItem,
    TextItem,
    TrueFalseItem,
)
from studyapp.domain.note import AnyNote, BasicNote, ClozeNote, Note, ReversedNote, TermNote
from studyapp.domain.taxonomy import Taxonomy

ItemT = TypeVar("ItemT", bound=Item)
NoteT = TypeVar("NoteT", bound=Note)

_REINSTALL = "Install StudyApp again."
_HEAD = re.compile(rb'^\{"content_hash":"([0-9a-f]{64})","compiler":"([0-9a-f]{64})"')


class _Stored(msgspec.Struct):
    """The file. Items and notes are kept by class, because a union of dataclasses carries no tag."""

    content_hash: str
    compiler: str
    id: str
    version: str
    licence: str
    taxonomy: Taxonomy
    blueprints: tuple[Blueprint, ...]
    item_order: list[str]
    note_order: list[str]
    single: list[SingleItem]
    multiple: list[MultipleItem]
    true_false: list[TrueFalseItem]
    numeric: list[NumericItem]
    text: list[TextItem]
    cloze: list[ClozeItem]
    basic: list[BasicNote]
    reversed: list[ReversedNote]
    cloze_note: list[ClozeNote]
    term: list[TermNote]


def bundled_bank() -> Bank:
    """The bank that comes with the program: decoded, and compiled first in a checkout whose sources changed.

    Raises:
        StudyAppError: the compiled file is missing or damaged, or the sources of a checkout have errors.
    """
    banks_dir = paths.question_banks_dir()
    if banks_dir is None:
        return read_compiled(paths.compiled_bank())
    return ensure_compiled(banks_dir, paths.resources_dir() / "exams", paths.compiled_bank())


def ensure_compiled(banks_dir: Path, exams_dir: Path, cache_file: Path) -> Bank:
    """The bank of `banks_dir`, from `cache_file` if that was compiled from these very sources, else compiled anew.

    A cache that cannot be written is no error: the next call compiles again.

    Raises:
        StudyAppError: the sources have errors.
    """
    wanted = (hash_files(source_files(banks_dir, exams_dir)), _compiler_hash())
    if _stored_hashes(cache_file) == wanted:
        try:
            return read_compiled(cache_file)
        except StudyAppError:
            pass  # a damaged cache is only a cache
    bank = compile_sources(banks_dir, exams_dir)
    with contextlib.suppress(OSError):
        write_compiled(bank, cache_file)
    return bank


def compile_sources(banks_dir: Path, exams_dir: Path) -> Bank:
    """The bank from its YAML sources.

    Raises:
        StudyAppError: the sources have errors; the sentence names the first.
    """
    from studyapp.banks.loader import load_bank
    from studyapp.banks.problems import Severity

    loaded = load_bank(banks_dir, exams_dir)
    if loaded.bank is not None:
        return loaded.bank
    errors = [problem for problem in loaded.problems if problem.severity is Severity.ERROR]
    first = errors[0]
    raise StudyAppError(
        f"The question bank has {len(errors)} errors. The first, in {first.file} line {first.line}: {first.sentence}",
        "Run `studyapp check` to see all of them.",
    )


def read_compiled(file: Path) -> Bank:
    """Decode a compiled bank.

    Raises:
        StudyAppError: the file is missing, unreadable or damaged.
    """
    try:
        stored = _decode(file.read_bytes())
        items: dict[str, AnyItem] = {
            item.id: item
            for group in (stored.single, stored.multiple, stored.true_false, stored.numeric, stored.text, stored.cloze)
            for item in group
        }
        notes: dict[str, AnyNote] = {
            note.id: note for group in (stored.basic, stored.reversed, stored.cloze_note, stored.term) for note in group
        }
        return Bank(
            id=stored.id,
            version=stored.version,
            licence=stored.licence,
            content_hash=stored.content_hash,
            taxonomy=stored.taxonomy,
            items=tuple(items[name] for name in stored.item_order),
            notes=tuple(notes[name] for name in stored.note_order),
            blueprints=stored.blueprints,
        )
    except OSError as error:
        raise StudyAppError(f"The question bank {file} cannot be read: {error.strerror}.", _REINSTALL) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, KeyError) as error:
        raise StudyAppError(f"The question bank {file} is damaged: {error}.", _REINSTALL) from error


def write_compiled(bank: Bank, file: Path) -> None:
    """Write `bank` to `file`, whole or not at all.

    Raises:
        OSError: the file cannot be written.
    """
    encoded = msgspec.json.encode(_stored(bank))
    file.parent.mkdir(parents=True, exist_ok=True)
    # Another start may compile at the same moment: each writes its own file, the last one stays.
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(encoded)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _decode(content: bytes) -> _Stored:
    # A hundred thousand values that stay: the collector, passing over them again and again, would double the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return msgspec.json.decode(content, type=_Stored)
    finally:
        if collecting:
            gc.enable()


def _stored(bank: Bank) -> _Stored:
    def items(cls: type[ItemT]) -> list[ItemT]:
        return [item for item in bank.items if type(item) is cls]

    def notes(cls: type[NoteT]) -> list[NoteT]:
        return [note for note in bank.notes if type(note) is cls]

    return _Stored(
        content_hash=bank.content_hash,
        compiler=_compiler_hash(),
        id=bank.id,
        version=bank.version,
        licence=bank.licence,
        taxonomy=bank.taxonomy,
        blueprints=bank.blueprints,
        item_order=[item.id for item in bank.items],
        note_order=[note.id for note in bank.notes],
        single=items(SingleItem),
        multiple=items(MultipleItem),
        true_false=items(TrueFalseItem),
        numeric=items(NumericItem),
        text=items(TextItem),
        cloze=items(ClozeItem),
        basic=notes(BasicNote),
        reversed=notes(ReversedNote),
        cloze_note=notes(ClozeNote),
        term=notes(TermNote),
    )


def _stored_hashes(file: Path) -> tuple[str, str] | None:
    """Hashes of the sources and of the compiler that a compiled file was made with, from its first bytes."""
    try:
        with file.open("rb") as stream:
            head = _HEAD.match(stream.read(256))
    except OSError:
        return None
    return None if head is None else (head.group(1).decode(), head.group(2).decode())


def _compiler_hash() -> str:
    """Hash of the code that gives a compiled bank its shape, so a change of it compiles anew in a checkout."""
    here = Path(__file__).parent
    banks = [here / f"{name}.py" for name in ("schema", "convert", "facts", "loader", "compiled")]
    domain = [here.parent / "domain" / f"{name}.py" for name in ("bank", "blueprint", "item", "note", "taxonomy")]
    return hash_files([(path.name, path) for path in banks + domain])
