"""About: version, licences, and what this program is not."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from studyapp import __version__
from studyapp.core.paths import resources_dir
from studyapp.gui.theme import px
from studyapp.gui.widgets.setting_rows import Section, SettingRow
from studyapp.gui.widgets.text import Label


class AboutSection(Section):
    """Version, the program's and the content's licence, and the text of every shipped licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("About StudyApp"))
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, px(4), 0, px(8))
        column.setSpacing(px(6))
        for line in (
            self.tr("Version {version}. The program is licensed under Apache-2.0.").format(version=__version__),
            self.tr(
                "The bundled questions and cards are original work under Creative Commons Attribution 4.0."
                " Each names the source where its answer can be checked, how old the text read was, and the day it was"
                " read."
            ),
            self.tr(
                "StudyApp is not affiliated with, or approved by, any certifying body. Names of certifications"
                " belong to their owners. It teaches for an exam and gives no medical, legal or tax advice."
            ),
        ):
            column.addWidget(Label(line, "body", wrap=True))
        self.add(words)
        self.choice = QComboBox()
        self.choice.addItem(self.tr("Choose a license to read"), None)
        for path in sorted((resources_dir() / "licenses").glob("*.txt"), key=_by_name):
            self.choice.addItem(path.stem.replace("_", " "), str(path))
        self.choice.currentIndexChanged.connect(self._show)
        self.add(
            SettingRow(
                self.tr("Licenses of what ships with it"),
                self.choice,
                self.tr("Libraries, the Inter typeface, the Lucide icons."),
            )
        )
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the license"))
        self.text.setMinimumHeight(px(260))
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.hide()
        self.body.addWidget(self.text)

    def _show(self, _place: int) -> None:
        name = self.choice.currentData()
        self.text.setVisible(name is not None)
        if name is not None:
            with open(name, encoding="utf-8", errors="replace") as file:  # noqa: PTH123  a combo box carries text
                self.text.setPlainText(file.read())


def _by_name(path: object) -> str:
    return str(path).casefold()
