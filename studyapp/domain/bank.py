"""A whole bank as a value: what the loader yields, the compiled file holds and the database is synchronised from."""

from dataclasses import dataclass

from studyapp.domain.blueprint import Blueprint
from studyapp.domain.item import AnyItem
from studyapp.domain.note import AnyNote
from studyapp.domain.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything a bank brings. `content_hash` is the SHA-256 of its sources, in hexadecimal."""

    id: str
    version: str
    licence: str
    content_hash: str
    taxonomy: Taxonomy
    items: tuple[AnyItem, ...]
    notes: tuple[AnyNote, ...]
    blueprints: tuple[Blueprint, ...]
