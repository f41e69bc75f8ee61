"""Shared widgets keep their promises: names for screen readers, markup that cannot inject, layouts that wrap."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studyapp.gui.dialogs import MessageDialog, TextDialog
from studyapp.gui.icons import icon
from studyapp.gui.widgets.button import Button, Chip, IconButton
from studyapp.gui.widgets.empty import EmptyState
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.markup import inline_html, plain, to_html
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.palette import Target, find
from studyapp.gui.widgets.progress_line import ProgressLine
from studyapp.gui.widgets.range_bar import RangeBar
from studyapp.gui.widgets.text import Label, RichLabel
from studyapp.gui.widgets.today_parts import percent_range
from tests.gui.fakes import settle


def test_markup_is_escaped() -> None:
    """What the bank writes can make bold and italic, and nothing else."""
    assert inline_html("**a** *b* <script> & c") == "<b>a</b> <i>b</i> &lt;script&gt; &amp; c"


@pytest.mark.parametrize("text", ["2 * 3 * 4", "a ** b", "5 * x", "*", "****"])
def test_stars_that_mark_nothing_stay(text: str) -> None:
    """A multiplication sign is not mistaken for markup."""
    assert inline_html(text) == text


@given(st.text(max_size=200))
def test_markup_never_lets_a_tag_through(text: str) -> None:
    """Whatever the text, only b and i tags come out of a line."""
    html = inline_html(text)
    for tag in ("<b>", "</b>", "<i>", "</i>"):
        html = html.replace(tag, "")
    assert "<" not in html


def test_pipe_table_becomes_a_table() -> None:
    """A remittance in a stimulus is set as rows and cells, figures at the right."""
    html = to_html("Before\n| Line | Paid |\n|---|---:|\n| 1 | $144.00 |\nAfter", "#E2DFD7", "#5A6371")
    assert html.count("<tr>") == 2
    assert 'align="right"' in html
    assert "---" not in html
    assert html.index("Before") < html.index("<table") < html.index("After")


def test_plain_drops_the_marks() -> None:
    """One-line lists and screen readers get the words alone."""
    assert plain("**Bold** and *fine*") == "Bold and fine"


def test_long_word_can_break(qtbot: QtBot) -> None:
    """A word longer than the column wraps instead of widening it."""
    label = RichLabel("pneumonoultramicroscopicsilicovolcanoconiosis" * 2)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 120
    assert label.heightForWidth(150) > 2 * label.heightForWidth(2000)


def test_label_shows_tags_as_written(qtbot: QtBot) -> None:
    """A wrapped label is rich text underneath, yet shows a person's words as they are."""
    label = Label("a < b & <b>c</b>", wrap=True)
    qtbot.addWidget(label)
    assert label.text() == "a < b & <b>c</b>"
    assert "&lt;b&gt;c" in super(Label, label).text()


def test_button_tells_its_key_and_count(qtbot: QtBot) -> None:
    """A screen reader hears the words, the count and the key."""
    button = Button("Next", "primary", key="N")
    chip = Chip("Missed", 18)
    qtbot.addWidget(button)
    qtbot.addWidget(chip)
    assert button.accessibleName() == "Next, key N"
    assert chip.accessibleName() == "Missed, 18"


def test_ampersand_is_no_shortcut(qtbot: QtBot) -> None:
    """A topic such as "Anti-kickback & safe harbors" shows its sign and claims no Alt key."""
    button = Button("Q & A")
    qtbot.addWidget(button)
    assert button.text() == "Q & A"
    assert button.shortcut().isEmpty()


def test_button_is_pressed_by_keyboard_and_shows_its_ring(qtbot: QtBot) -> None:
    """Reached by Tab it shows a ring, and Space presses it; after a click there is no ring."""
    holder = QWidget()
    qtbot.addWidget(holder)
    button = Button("Start", parent=holder)
    button.resize(button.sizeHint())
    with qtbot.waitActive(holder):
        holder.show()
        holder.activateWindow()
    button.clearFocus()
    without = button.grab().toImage()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage() != without
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)
    button.clearFocus()
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    assert button.grab().toImage() == without


def test_icon_button_has_a_name(qtbot: QtBot) -> None:
    """An icon alone says nothing: the name is there for the reader and the tooltip for the eye."""
    button = IconButton("flag", "Flag this question")
    qtbot.addWidget(button)
    assert (button.accessibleName(), button.toolTip()) == ("Flag this question",) * 2


def test_unknown_icon_is_an_error() -> None:
    """A misspelt icon is found by the first test that shows it."""
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_flow_wraps_and_grows(qtbot: QtBot) -> None:
    """Chips that do not fit go to the next line, and the layout asks for that height."""
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    chips = [Chip(f"Topic {n}") for n in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    row = flow.heightForWidth(2000)
    assert flow.heightForWidth(chips[0].sizeHint().width() * 2) > 2 * row
    holder.resize(chips[0].sizeHint().width() * 2 + 20, 400)
    holder.show()
    assert chips[5].pos().y() > chips[0].pos().y()


def test_flow_follows_its_children(qtbot: QtBot) -> None:
    """What was worked out for a width is worked out anew when a child changes, goes or comes."""
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    first, second = Chip("One"), Chip("Two")
    flow.addWidget(first)
    flow.addWidget(second)
    holder.show()
    width = flow.sizeHint().width()
    row = flow.heightForWidth(width)
    first.setText("One with many more words")
    assert flow.heightForWidth(width) > row
    assert flow.sizeHint().width() > width
    first.hide()
    assert flow.heightForWidth(width) == row
    flow.addWidget(Chip("Three, which does not fit"))
    settle()
    assert flow.heightForWidth(width) > row


def test_page_never_scrolls_sideways(qtbot: QtBot) -> None:
    """Narrow as it may be, text wraps: the content is never wider than the view."""
    page = Page("Settings", 760)
    qtbot.addWidget(page)
    page.body.addWidget(Label("Words that are many and go on for a while. " * 20, wrap=True))
    page.resize(420, 500)
    page.show()
    assert page.content.width() == page.viewport().width()
    assert page.title.mapTo(page, QPoint(0, 0)).x() > 0


def test_page_keeps_its_column_in_the_middle(qtbot: QtBot) -> None:
    """In a wide window the reading column stays 760 px wide and centred."""
    page = Page("Settings", 760)
    qtbot.addWidget(page)
    words = Label("Words. " * 100, wrap=True)
    page.body.addWidget(words)
    page.resize(1400, 700)
    page.show()
    left = words.mapTo(page, QPoint(0, 0)).x()
    assert words.width() == 760
    assert abs(left - (1400 - 760 - left)) <= 1


def test_range_bar_says_its_range(qtbot: QtBot) -> None:
    """The bar has words: a range, or that nothing is known."""
    bar = RangeBar()
    qtbot.addWidget(bar)
    assert bar.accessibleName() == "No answers yet"
    bar.set_range(0.38, 0.5, 0.61)
    assert bar.accessibleName() == "38 to 61 percent, most likely 50"


@given(st.floats(allow_nan=False))
def test_progress_line_stays_inside(share: float) -> None:
    """No share, however wrong, paints outside the line."""
    line = ProgressLine()
    line.set_share(share)
    assert 0 <= line.share <= 1


def test_empty_state_acts(qtbot: QtBot) -> None:
    """The one thing to do is a button; without words for it there is none."""
    state = EmptyState("library", "Nothing here", "Because.", "Do it")
    silent = EmptyState("library", "Nothing here", "Because.")
    qtbot.addWidget(state)
    qtbot.addWidget(silent)
    assert silent.button.isHidden()
    with qtbot.waitSignal(state.acted):
        state.button.click()


def test_error_details_can_be_copied(qtbot: QtBot) -> None:
    """Details of an error are one press away from a message to somebody who can help."""
    dialog = MessageDialog("It broke.", "Try again.", "Close", details="Traceback: here")
    qtbot.addWidget(dialog)
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == "Traceback: here"


@pytest.mark.parametrize("multiline", [False, True])
def test_text_dialog_returns_what_was_typed(qtbot: QtBot, multiline: bool) -> None:
    """What stands in the field is what comes back, edited or not."""
    dialog = TextDialog("Rename", "Name", "Old", multiline)
    qtbot.addWidget(dialog)
    assert dialog.value() == "Old"
    dialog.field.selectAll()
    QTest.keyClicks(dialog.field, "New")
    assert dialog.value() == "New"


def test_palette_order() -> None:
    """A title that begins with the query comes before one that merely holds it; a missing word excludes."""
    targets = tuple(Target(title, "", "tag", title) for title in ("Anti-kickback", "Safe kick", "Kickbacks", "HIPAA"))
    assert [target.title for target in find("kick", targets)] == ["Kickbacks", "Safe kick", "Anti-kickback"]
    assert find("kick zebra", targets) == ()
    assert find("", targets) == targets


def test_percent_range() -> None:
    """A range is told in whole percent with an en dash."""
    assert percent_range(0.384, 0.615) == "38–62 %"
