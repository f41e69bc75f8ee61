"""The editors of own cards and questions: what is wrong is said in words while writing, and saving stores it."""

import gc
import weakref
from pathlib import Path
from typing import TypeVar, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from studyapp.domain.bank import Bank
from studyapp.domain.item import MultipleItem, NumericItem, SingleItem, TextItem, TrueFalseItem
from studyapp.domain.note import BasicNote, ClozeNote, TermNote
from studyapp.gui.widgets.card_dialog import CardDialog
from studyapp.gui.widgets.draft_fields import OptionFields
from studyapp.gui.widgets.item_editor import ChoiceFields, ItemEditor, ItemFields, NumericFields, TextFields
from studyapp.gui.widgets.item_view import ItemView
from studyapp.gui.widgets.note_editor import BasicFields, ClozeFields, NoteEditor, TermFields
from studyapp.services.library import EntryKind, EntryQuery
from studyapp.services.study import Study
from tests.gui.fakes import FakeDialogs, settle
from tests.gui.study_bank import BANK, BREACH, fill, words

F = TypeVar("F", bound=QWidget)
OWN = EntryQuery(own_only=True)


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The small bank in place of the bundled one."""
    return BANK


@pytest.fixture(scope="module")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the small bank in it."""
    return fill(tmp_path_factory.mktemp("small"))


def fields(editor: ItemEditor | NoteEditor, kind: type[F]) -> F:
    """The fields shown, of this kind."""
    found = [each for each in editor.findChildren(kind) if not each.isHidden()]
    assert len(found) == 1
    return found[0]


def choose_type(editor: ItemEditor | NoteEditor, name: str) -> None:
    """Choose a kind of entry."""
    editor.types.setCurrentIndex(editor.types.findData(name))
    settle()


def fill_options(form: ChoiceFields, *options: tuple[str, bool]) -> None:
    """Write options and tick the right ones."""
    rows = [row for row in form.options.rows if isinstance(row, OptionFields)]
    for row, (text, right) in zip(rows, options, strict=False):
        if not row.text.isReadOnly():
            row.text.setText(text)
        row.correct.setChecked(right)


def test_new_question_says_what_it_needs(study: Study, qtbot: QtBot) -> None:
    """An empty question names its needs in plain words, and cannot be saved."""
    editor = ItemEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    told = words(editor)
    assert "Write the question." in told
    assert "Write at least two options." in told
    assert not editor.save_button.isEnabled()
    editor.save()
    assert editor.changes is None
    assert study.library.entries(OWN) == ()


def test_single_question_is_stored_with_a_preview(study: Study, qtbot: QtBot) -> None:
    """A finished question is shown with its key open, and saving stores exactly it; one tick takes the other away."""
    editor = ItemEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    form = fields(editor, ChoiceFields)
    form.stem.setPlainText("Who decides when a breach counts as discovered?")
    fill_options(form, ("The patient", True), ("The practice, when it should have known", True))
    editor.check_now()
    assert editor.findChildren(ItemView)
    assert editor.save_button.isEnabled()
    editor.save()
    assert editor.result() == QDialog.DialogCode.Accepted
    entry = study.library.entries(OWN)[0]
    item = study.library.item(entry.id)
    assert isinstance(item, SingleItem)
    assert (item.topic, len(item.options)) == ("L07", 2)
    assert [option.text for option in item.options if option.correct] == ["The practice, when it should have known"]


def test_each_kind_of_question_can_be_made(study: Study, qtbot: QtBot) -> None:
    """Several answers, true or false, number and word are stored as what they are."""
    made: dict[str, type] = {
        "multiple": MultipleItem,
        "true_false": TrueFalseItem,
        "numeric": NumericItem,
        "text": TextItem,
    }
    for name, kind in made.items():
        editor = ItemEditor(study.library, topic="C17")
        qtbot.addWidget(editor)
        choose_type(editor, name)
        form = fields(editor, ItemFields)
        form.stem.setPlainText(f"A question of the kind {name}?")
        if isinstance(form, ChoiceFields):
            fill_options(form, ("One", True), ("Two", name == "multiple"), ("Three", False))
        elif isinstance(form, NumericFields):
            form.value.setText("1,250.5")
            form.unit.setText("hours")
        elif isinstance(form, TextFields):
            form.accept.setText("write-off; adjustment")
        editor.save()
        assert editor.changes is not None, words(editor)
        entry = next(each for each in study.library.entries(OWN) if each.type == name)
        assert isinstance(study.library.item(entry.id), kind)
    number = next(each for each in study.library.entries(OWN) if each.type == "numeric")
    stored = study.library.item(number.id)
    assert isinstance(stored, NumericItem)
    assert (stored.value, stored.unit) == (1250.5, "hours")


def test_changing_the_kind_keeps_what_was_written(study: Study, qtbot: QtBot) -> None:
    """The stem and the options stay when the kind changes between choice questions."""
    editor = ItemEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    form = fields(editor, ChoiceFields)
    form.stem.setPlainText("Kept?")
    fill_options(form, ("Yes", True), ("No", False))
    choose_type(editor, "multiple")
    again = fields(editor, ChoiceFields)
    assert again.stem.toPlainText() == "Kept?"
    assert [option["text"] for option in again.options.value()] == ["Yes", "No"]


def test_near_duplicate_is_told(study: Study, qtbot: QtBot) -> None:
    """A question much like one in the library says which, and can be saved all the same."""
    editor = ItemEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    form = fields(editor, ChoiceFields)
    form.stem.setPlainText(BREACH.stem)
    fill_options(form, ("May 2", True), ("May 26", False))
    editor.check_now()
    assert "Much like" in words(editor)
    assert editor.save_button.isEnabled()


def test_own_question_is_edited_in_place(study: Study, qtbot: QtBot) -> None:
    """Saving an edit changes the question under its id and adds none."""
    draft = {
        "topic": "L07",
        "type": "single",
        "stem": "First words?",
        "options": [{"id": "a", "text": "Yes", "correct": True}, {"id": "b", "text": "No"}],
        "references": [{"source": "A book", "locator": "p. 1", "as_of": "2026-11-23"}],
    }
    study.library.save_draft(EntryKind.ITEM, draft)
    entry = study.library.entries(OWN)[0]
    editor = ItemEditor(study.library, entry.id)
    qtbot.addWidget(editor)
    form = fields(editor, ChoiceFields)
    form.stem.setPlainText("Better words?")
    editor.save()
    assert [each.id for each in study.library.entries(OWN)] == [entry.id]
    item = study.library.item(entry.id)
    assert item.stem == "Better words?"
    assert [reference.title for reference in item.references] == ["A book"]


def test_cards_of_each_kind(study: Study, qtbot: QtBot) -> None:
    """Front and back, a text with a blank made of the selection, and a term with its parts are stored."""
    editor = NoteEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    basic = fields(editor, BasicFields)
    assert "Write the front: what is asked." in words(editor)
    basic.front.setPlainText("Limit of a breach notice?")
    basic.back.setPlainText("60 days")
    basic.typed.setChecked(True)
    basic.accept.setText("sixty days; 60 calendar days")
    editor.save()
    assert editor.changes is not None

    editor = NoteEditor(study.library, topic="H09")
    qtbot.addWidget(editor)
    choose_type(editor, "cloze")
    cloze = fields(editor, ClozeFields)
    cloze.text.setPlainText("It takes 1,250 hours.")
    editor.check_now()
    assert "Make at least one blank." in words(editor)
    cursor = cloze.text.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(14, cursor.MoveMode.KeepAnchor)
    cloze.text.setTextCursor(cursor)
    cloze.make_blank()
    editor.check_now()
    assert "It makes 1 card." in words(editor)
    editor.save()
    assert editor.changes is not None

    editor = NoteEditor(study.library, topic="T05")
    qtbot.addWidget(editor)
    choose_type(editor, "term")
    term = fields(editor, TermFields)
    term.word.setText("carditis")
    term.definition.setPlainText("Inflammation of the heart.")
    for row, (form, kind, meaning) in zip(
        term.parts.rows, (("cardi/o", "combining_form", "heart"), ("-itis", "suffix", "inflammation")), strict=True
    ):
        row.form.setText(form)  # type: ignore[attr-defined]  # rows of this set are PartFields
        row.kind.setCurrentIndex(row.kind.findData(kind))  # type: ignore[attr-defined]
        row.meaning.setText(meaning)  # type: ignore[attr-defined]
    editor.save()
    assert editor.changes is not None, words(editor)

    notes = [study.library.note(entry.id) for entry in study.library.entries(OWN)]
    basic_note = next(note for note in notes if isinstance(note, BasicNote))
    assert basic_note.accept == ("sixty days", "60 calendar days")
    assert next(note for note in notes if isinstance(note, ClozeNote)).text == "It takes {{c1::1,250}} hours."
    assert [part.form for part in next(note for note in notes if isinstance(note, TermNote)).parts] == [
        "cardi/o",
        "-itis",
    ]


def test_bundled_note_keeps_its_source(study: Study, qtbot: QtBot) -> None:
    """Editing a bundled card keeps where it can be checked, with its address."""
    editor = NoteEditor(study.library, "note.basic.0001")
    qtbot.addWidget(editor)
    form = fields(editor, BasicFields)
    form.back.setPlainText("60 calendar days")
    editor.save()
    note = study.library.note("note.basic.0001")
    assert isinstance(note, BasicNote)
    assert note.back == "60 calendar days"
    assert note.references[0].url.startswith("https://www.ecfr.gov")


def test_bundled_question_says_why_it_stays(study: Study, qtbot: QtBot) -> None:
    """A bundled question cannot be changed; the editor says so and stays open."""
    editor = ItemEditor(study.library, BREACH.id)
    qtbot.addWidget(editor)
    editor.save()
    assert editor.changes is None
    assert "Bundled questions cannot be edited" in editor.state.text()


@pytest.mark.parametrize("make", [NoteEditor, ItemEditor])
def test_editor_is_freed(study: Study, make: type[NoteEditor] | type[ItemEditor]) -> None:
    """Nothing keeps an editor alive after it was closed."""
    editor = make(study.library, topic="L07")
    gone = weakref.ref(editor)
    editor.deleteLater()
    del editor
    settle()
    gc.collect()
    assert gone() is None


# Leaving, saving and going through by keyboard


@pytest.mark.parametrize("make", [NoteEditor, ItemEditor])
def test_untouched_editor_closes_at_once(
    study: Study, qtbot: QtBot, dialogs: FakeDialogs, make: type[NoteEditor] | type[ItemEditor]
) -> None:
    """Nothing written, nothing asked, also after looking at the other kinds."""
    editor = make(study.library, topic="L07")
    qtbot.addWidget(editor)
    editor.dialogs = dialogs
    editor.show()
    editor.types.setCurrentIndex(2)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.isHidden()
    assert dialogs.asked == []


@pytest.mark.parametrize("leave", ["escape", "close"])
def test_leaving_asks_before_it_discards(study: Study, qtbot: QtBot, dialogs: FakeDialogs, leave: str) -> None:
    """Escape and closing keep what was written unless it may be discarded."""
    editor = NoteEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    editor.dialogs = dialogs
    editor.show()
    fields(editor, BasicFields).front.setPlainText("Half a card")
    for answer in (False, True):
        dialogs.answers.append(answer)
        if leave == "escape":
            QTest.keyClick(editor, Qt.Key.Key_Escape)
        else:
            editor.close()
        assert editor.isHidden() is answer
    assert dialogs.asked == [("custom", "MessageDialog")] * 2


def test_card_of_a_question_asks_before_it_discards(qtbot: QtBot, dialogs: FakeDialogs) -> None:
    """A changed side is kept until it may be discarded; Ctrl+Enter makes the card."""
    dialog = CardDialog("Front", "Back")
    qtbot.addWidget(dialog)
    dialog.dialogs = dialogs
    with qtbot.waitActive(dialog):
        dialog.show()
    field = dialog.findChildren(QPlainTextEdit)[1]
    field.setPlainText("A better back")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.back == "A better back"


def test_control_enter_saves(study: Study, qtbot: QtBot) -> None:
    """From any field."""
    editor = NoteEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    with qtbot.waitActive(editor):
        editor.show()
    form = fields(editor, BasicFields)
    form.front.setPlainText("Limit of a breach notice?")
    form.back.setPlainText("60 days")
    QTest.keyClick(form.back, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert editor.changes is not None
    assert editor.isHidden()


def reached(editor: NoteEditor | ItemEditor) -> list[str]:
    """The names of what Tab reaches, from the topic on to the last button."""
    names, found = [editor.topics.accessibleName()], cast("QWidget", editor.topics)
    while found is not editor.save_button and len(names) < 60:
        found = cast("QWidget", found.nextInFocusChain())
        reachable = found.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        if reachable and not found.isHidden() and found.focusProxy() is None:
            names.append(found.accessibleName() or getattr(found, "text", str)())
    return names


CITATION = ["Source", "Page or section", "Checked on", "Cancel", "Save, key Ctrl+Enter"]


def test_tab_goes_down_the_card(study: Study, qtbot: QtBot) -> None:
    """Topic, kind, the kind's own fields, the citation, the buttons: also after the kind was changed."""
    editor = NoteEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    editor.show()
    extra = "Extra line under the answer (optional)"
    sides = ["Front", "Back", "I type the answer", "Also accepted, with ; between", extra]
    assert reached(editor) == ["Topic", "Kind", *sides, *CITATION]
    choose_type(editor, "cloze")
    blanks = ["Text", "Make a blank of the selected words", extra]
    assert reached(editor) == ["Topic", "Kind", *blanks, *CITATION]


def test_tab_goes_down_the_options(study: Study, qtbot: QtBot) -> None:
    """An option added later stands after the others."""
    editor = ItemEditor(study.library, topic="L07")
    qtbot.addWidget(editor)
    editor.show()
    form = fields(editor, ChoiceFields)
    form.options.add_button.click()
    names = reached(editor)
    assert names[:3] == ["Topic", "Kind", "Question"]
    options = [name for name in names if name in {f"Option {letter}" for letter in "ABCDE"}]
    assert options == [f"Option {letter}" for letter in "ABCDE"]
    assert names.index("Option E") < names.index("Add an option") < names.index("Takeaway (one sentence)")
    assert names[-5:] == CITATION
