"""A bank from its YAML files, with every problem reported and none thrown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studyapp.banks import exams, structure
from studyapp.banks.convert import to_item, to_note, to_taxonomy
from studyapp.banks.facts import Fact, Interpolation, interpolate
from studyapp.banks.problems import Problem, Rule, Severity, error, has_errors
from studyapp.banks.schema import (
    CaseModel,
    FactModel,
    ItemModel,
    LeafModel,
    ManifestModel,
    NoteModel,
    SourceModel,
    TaxonomyModel,
)
from studyapp.banks.sources import hash_files, source_files, yaml_in
from studyapp.banks.validate import Place, completeness, validated, validated_item, validated_note
from studyapp.banks.yaml_source import Document, read_yaml
from studyapp.domain.bank import Bank
from studyapp.domain.blueprint import Blueprint
from studyapp.domain.item import AnyItem, Case, Item
from studyapp.domain.note import AnyNote
from studyapp.domain.taxonomy import Taxonomy

MANIFEST, TAXONOMY, SOURCES, FACTS = "manifest.yaml", "taxonomy.yaml", "sources.yaml", "facts.yaml"
_COMMON = (MANIFEST, TAXONOMY, SOURCES, FACTS)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item or note with what its author wrote beside it and where, for the checks that follow loading."""

    content: AnyItem | AnyNote
    file: str = ""
    line: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)
    compute: str = ""

    def problem(self, severity: Severity, rule: Rule, sentence: str, where: str = "") -> Problem:
        """A problem of this entry in its field `where`."""
        return Problem(severity, self.file, self.lines.get(where, self.line), self.content.id, where, rule, sentence)

    def error(self, rule: Rule, sentence: str, where: str = "") -> Problem:
        """An error of this entry in its field `where`."""
        return self.problem(Severity.ERROR, rule, sentence, where)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading yields: the bank if there is no error, every problem, and the pieces that could be read.

    `root` is the bank's folder, None when the path is no part of a bank.
    """

    bank: Bank | None
    problems: tuple[Problem, ...]
    entries: tuple[Entry, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    sources: Mapping[str, SourceModel] = field(default_factory=dict)
    taxonomy: Taxonomy = field(default_factory=lambda: Taxonomy(()))
    root: Path | None = None


def load_bank(path: Path, exams_dir: Path | None = None) -> Loaded:
    """Read the bank folder, one subject's folder or one leaf file, with the blueprints of `exams_dir` if given.

    Taxonomy, sources and facts are looked for in `path` and the folders above it. Nothing is raised: whatever is
    wrong is in `problems`, and `bank` is None when one of them is an error.
    """
    reading = _Reading()
    root = _root_of(path) if path.exists() else None
    if not path.exists():
        reading.problems.append(error(Rule.UNREADABLE, "There is no such file or folder.", file=path.as_posix()))
    elif root is None:
        sentence = "There is no taxonomy.yaml here or in a folder above: this is not a question bank."
        reading.problems.append(error(Rule.UNREADABLE, sentence, file=path.as_posix()))
    else:
        reading.common(root)
        for leaf in _leaves(path, root, reading):
            reading.leaf(leaf, root)
    blueprints: tuple[Blueprint, ...] = ()
    if exams_dir is not None and root is not None:
        topics = frozenset(topic.id for topic in reading.taxonomy.topics)
        blueprints, exam_problems = exams.load_exams(exams_dir, topics)
        reading.problems.extend(exam_problems)
    bank = None
    if root is not None and reading.manifest is not None and not has_errors(reading.problems):
        bank = Bank(
            id=reading.manifest.id,
            version=reading.manifest.version,
            licence=reading.manifest.licence,
            content_hash=hash_files(source_files(root, exams_dir)),
            taxonomy=reading.taxonomy,
            items=tuple(entry.content for entry in reading.entries if isinstance(entry.content, Item)),
            notes=tuple(entry.content for entry in reading.entries if not isinstance(entry.content, Item)),
            blueprints=blueprints,
        )
    problems = tuple(sorted(reading.problems, key=lambda problem: (problem.file, problem.line)))
    return Loaded(bank, problems, tuple(reading.entries), reading.facts, reading.sources, reading.taxonomy, root)


def _root_of(path: Path) -> Path | None:
    start = path.resolve()
    ups = 0 if start.is_dir() else 1
    for count, folder in enumerate([start, *start.parents]):
        if count >= ups and (folder / TAXONOMY).is_file():
            # Problems name files as the caller wrote the path, so walk up from what was written where possible.
            written = path
            for _ in range(count):
                written = written.parent
            return written if written.resolve() == folder else folder
    return None


def _leaves(path: Path, root: Path, reading: "_Reading") -> list[Path]:
    if path.is_file():
        return [] if path.name in _COMMON and path.parent.resolve() == root.resolve() else [path]
    if path.resolve() != root.resolve():
        return yaml_in(path)
    leaves: list[Path] = []
    reading.report_strays(root)
    for name in reading.folders():
        folder = root / name
        if not folder.is_dir():
            sentence = f"manifest.yaml names the folder '{name}', which does not exist."
            reading.problems.append(error(Rule.UNREADABLE, sentence, file=(root / MANIFEST).as_posix()))
        leaves += yaml_in(folder)
    return leaves


@dataclass(slots=True)
class _Reading:
    """The state of one load."""

    problems: list[Problem] = field(default_factory=list)
    manifest: ManifestModel | None = None
    taxonomy: Taxonomy = field(default_factory=lambda: Taxonomy(()))
    sources: dict[str, SourceModel] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    objectives: frozenset[str] = frozenset()

    def folders(self) -> list[str]:
        return [] if self.manifest is None else [subject.dir for subject in self.manifest.subjects]

    def report_strays(self, root: Path) -> None:
        """YAML files that no subject of the manifest would ever load."""
        named = {*self.folders(), "data"}
        folders = [folder for folder in root.iterdir() if folder.is_dir() and folder.name not in named]
        strays = [path for path in yaml_in(root) if path.name not in _COMMON]
        for path in sorted(strays + [path for folder in folders for path in yaml_in(folder)]):
            sentence = "The file is in no folder that manifest.yaml names."
            self.problems.append(error(Rule.WRONG_FOLDER, sentence, file=path.as_posix()))

    def common(self, root: Path) -> None:
        """Read manifest, taxonomy, sources and facts."""
        document = read_yaml(root / MANIFEST, self.problems)
        if document is not None:
            self.manifest = validated(ManifestModel, document.data, Place(document), self.problems)
        document = read_yaml(root / TAXONOMY, self.problems)
        model = None if document is None else validated(TaxonomyModel, document.data, Place(document), self.problems)
        if model is not None and document is not None:
            self.taxonomy = to_taxonomy(model)
            self._claim_taxonomy(document)
        self.objectives = frozenset(o.id for topic in self.taxonomy.topics for o in topic.objectives)
        for name, entry, place in self._mapping(root / SOURCES):
            source = validated(SourceModel, entry, place, self.problems)
            if source is not None:
                self.sources[name] = source
        for name, entry, place in self._mapping(root / FACTS):
            fact = validated(FactModel, entry, place, self.problems)
            if fact is not None and place.document is not None:
                self.facts[name] = Fact(name, fact, place.document.file, place.document.line((name,)))

    def _claim_taxonomy(self, document: Document) -> None:
        ids: list[str] = []
        for subject in self.taxonomy.subjects:
            ids.append(subject.id)
            for topic in subject.topics:
                ids.append(topic.id)
                ids.extend(objective.id for objective in topic.objectives)
        for repeated in sorted({name for name in ids if ids.count(name) > 1}):
            sentence = f"The id '{repeated}' is used more than once in the taxonomy."
            self.problems.append(error(Rule.DUPLICATE_ID, sentence, file=document.file, item=repeated))

    def _mapping(self, path: Path) -> Iterable[tuple[str, Any, Place]]:
        document = read_yaml(path, self.problems)
        if document is None:
            return
        if not isinstance(document.data, dict):
            sentence = "The file must be a mapping of ids to entries."
            self.problems.append(error(Rule.WRONG_TYPE, sentence, file=document.file, line=1))
            return
        for name, entry in document.data.items():
            yield name, entry, Place(document, (name,), name)

    def leaf(self, path: Path, root: Path) -> None:
        """Read one leaf file."""
        document = read_yaml(path, self.problems)
        if document is None:
            return
        leaf = validated(LeafModel, document.data, Place(document), self.problems)
        if leaf is None:
            return
        self._check_topic(leaf.topic, path, root, document)
        cases: dict[str, Case] = {}
        for index, data in enumerate(leaf.cases):
            filled, place = self._filled(data, Place(document, ("cases", index), _id_of(data)))
            case = validated(CaseModel, filled, place, self.problems)
            if case is not None and self._claim(case.id, place):
                cases[case.id] = Case(case.id, case.title, case.stimulus)
        for index, data in enumerate(leaf.items):
            filled, place = self._filled(data, Place(document, ("items", index), _id_of(data)))
            item = validated_item(filled, place, self.problems)
            if item is not None:
                self._add_item(item, leaf.topic, cases, place)
        for index, data in enumerate(leaf.notes):
            filled, place = self._filled(data, Place(document, ("notes", index), _id_of(data)))
            note = validated_note(filled, place, self.problems)
            if note is not None and self._checked(note, place):
                content = to_note(note, leaf.topic, self.sources)
                self._add(content, place)
                self._report(place, structure.note_faults(content))

    def _check_topic(self, topic: str, path: Path, root: Path, document: Document) -> None:
        place = Place(document)
        subjects = {known.id: known.subject for known in self.taxonomy.topics}
        if topic not in subjects:
            self.problems.append(
                place.problem(Rule.UNKNOWN_TOPIC, f"There is no topic '{topic}' in taxonomy.yaml.", ("topic",))
            )
            return
        folders = {} if self.manifest is None else {subject.id: subject.dir for subject in self.manifest.subjects}
        wanted = folders.get(subjects[topic])
        if wanted is not None and path.resolve().parent != root.resolve() and path.resolve().parent.name != wanted:
            sentence = f"Topic {topic} belongs into the folder '{wanted}'."
            self.problems.append(place.problem(Rule.WRONG_FOLDER, sentence, ("topic",)))

    def _filled(self, data: Any, place: Place) -> tuple[Any, Place]:
        met = Interpolation()
        filled = interpolate(data, self.facts, met)
        for loc, name in met.unknown:
            sentence = f"There is no fact '{name}' in facts.yaml."
            self.problems.append(place.problem(Rule.UNKNOWN_FACT, sentence, loc))
        return filled, place

    def _add_item(self, item: ItemModel, topic: str, cases: Mapping[str, Case], place: Place) -> None:
        if item.case is not None and item.case not in cases:
            sentence = f"There is no case '{item.case}' in this file."
            self.problems.append(place.problem(Rule.UNKNOWN_CASE, sentence, ("case",)))
        if self._checked(item, place):
            case = cases.get(item.case) if item.case is not None else None
            content = to_item(item, topic, case, self.sources)
            self._add(content, place, item.compute)
            self._report(place, structure.item_faults(content))

    def _checked(self, model: ItemModel | NoteModel, place: Place) -> bool:
        completeness(model, place, self.problems)
        for index, reference in enumerate(model.references):
            if reference.source not in self.sources:
                sentence = f"There is no source '{reference.source}' in sources.yaml."
                self.problems.append(place.problem(Rule.UNKNOWN_SOURCE, sentence, ("references", index, "source")))
        for index, objective in enumerate(model.objectives):
            if objective not in self.objectives:
                sentence = f"There is no objective '{objective}' in taxonomy.yaml."
                self.problems.append(place.problem(Rule.UNKNOWN_OBJECTIVE, sentence, ("objectives", index)))
        return self._claim(model.id, place)

    def _report(self, place: Place, findings: Iterable[structure.Finding]) -> None:
        for finding in findings:
            self.problems.append(place.problem(finding.rule, finding.sentence, (finding.field,)))

    def _claim(self, name: str, place: Place) -> bool:
        """Take an id; a second taker is an error. False when it was taken."""
        if name in self.ids:
            sentence = f"The id '{name}' is already used in {self.ids[name]}; ids are never used again."
            self.problems.append(place.problem(Rule.DUPLICATE_ID, sentence, ("id",)))
            return False
        self.ids[name] = "" if place.document is None else Path(place.document.file).name
        return True

    def _add(self, content: AnyItem | AnyNote, place: Place, compute: str = "") -> None:
        document = place.document
        assert document is not None  # leaf() always has one
        size = len(place.path)
        lines = {
            str(path[size]): line
            for path, line in document.lines.items()
            if len(path) == size + 1 and path[:size] == place.path
        }
        self.entries.append(Entry(content, document.file, document.line(place.path), lines, compute))


def _id_of(data: Any) -> str:
    name = data.get("id") if isinstance(data, dict) else None
    return name if isinstance(name, str) else ""
