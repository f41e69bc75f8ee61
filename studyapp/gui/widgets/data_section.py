"""The learner's data in Settings: folder, backups, restore, export, erase."""

from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from studyapp.core.clock import Clock
from studyapp.core.errors import StudyAppError
from studyapp.gui.dialogs import MessageDialog
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.dates import local, local_today, moment_words
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.plural import counted
from studyapp.gui.widgets.setting_rows import Section, SettingRow
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.times import day_text
from studyapp.gui.widgets.today_parts import clear
from studyapp.services.changes import Changes
from studyapp.services.data import Backup, RestorePreview, Snapshot

SHOWN = 6


def size_words(size: int) -> str:
    """A file's size in megabytes, as "12.4 MB"."""
    return f"{max(0.1, size / 1_000_000):,.1f} MB"


def loses_answers(preview: RestorePreview) -> bool:
    """Whether the backup holds less of what the learner did or wrote than there is now."""
    now, then = preview.now, preview.then
    return (
        then.reviews < now.reviews
        or then.responses < now.responses
        or then.attempts < now.attempts
        or then.own_entries < now.own_entries
    )


class EraseDialog(MessageDialog):
    """What erasing takes, and the word that unlocks its button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", "", danger=True, parent=parent)
        self._word = self.tr("ERASE")
        self.setWindowTitle(self.tr("Erase everything"))
        self.heading.setText(self.tr("Erase everything?"))
        told = self.tr(
            "Your answers, card reviews, exams, marks, notes, reports and saved quizzes are erased, and with them your"
            " own cards and questions, your edits of bundled cards, and all settings. The bundled questions and cards"
            " stay."
            " A last backup is made first, so that this can be taken back."
        )
        self.text.setText(told)
        self.text.setVisible(True)
        caption = Label(self.tr("Type {word} to go on.").format(word=self._word), "strong", wrap=True)
        self.field = QLineEdit()
        self.field.setAccessibleName(caption.text())
        caption.setBuddy(self.field)
        self.middle.addWidget(caption)
        self.middle.addWidget(self.field)
        self.yes_button.setText(self.tr("Erase everything"))
        self.yes_button.setEnabled(False)
        self.no_button.setText(self.tr("Cancel"))
        self.no_button.setVisible(True)
        self.setTabOrder(self.field, self.no_button)
        self.field.textChanged.connect(self._typed)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self, text: str) -> None:
        right = text.strip().casefold() == self._word.casefold()
        self.yes_button.setEnabled(right)
        # Enter in the field goes on once the word stands there, and gives up before.
        (self.yes_button if right else self.no_button).setDefault(True)


class RestoreDialog(MessageDialog):
    """What a restore would change: counts now and in the backup. Where it would lose answers, Enter is Cancel."""

    def __init__(self, preview: RestorePreview, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", "", danger=loses_answers(preview), parent=parent)
        made = moment_words(local(clock, preview.backup.made_at))
        self._clock = clock
        self.setWindowTitle(self.tr("Restore"))
        self.heading.setText(self.tr("Restore the backup of {made}?").format(made=made))
        self.text.setText(self.tr("What is there now is backed up first, so this can be taken back."))
        self.text.setVisible(True)
        self.yes_button.setText(self.tr("Restore this backup"))
        self.no_button.setText(self.tr("Cancel"))
        self.no_button.setVisible(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(24))
        grid.setVerticalSpacing(px(6))
        right = Qt.AlignmentFlag.AlignRight
        for column, head in enumerate((self.tr("Now"), self.tr("In the backup")), start=1):
            grid.addWidget(Label(head, "small"), 0, column, right)
        for row, (name, now, then) in enumerate(self._rows(preview.now, preview.then), start=1):
            grid.addWidget(Label(name, "body", wrap=True), row, 0)
            for column, (text, role) in enumerate(((now, "body"), (then, "strong" if now != then else "body")), 1):
                figure = Label(text, role)
                figure.setAlignment(right)
                grid.addWidget(figure, row, column, right)
        grid.setColumnStretch(0, 1)
        self.setMinimumWidth(self.maximumWidth())  # three columns need it
        self.middle.addLayout(grid)

    def _rows(self, now: Snapshot, then: Snapshot) -> tuple[tuple[str, str, str], ...]:
        return (
            (self.tr("Card reviews"), f"{now.reviews:,}", f"{then.reviews:,}"),
            (self.tr("Answers"), f"{now.responses:,}", f"{then.responses:,}"),
            (self.tr("Quizzes and exams"), f"{now.attempts:,}", f"{then.attempts:,}"),
            (self.tr("Own cards and questions"), f"{now.own_entries:,}", f"{then.own_entries:,}"),
            (self.tr("Last study"), self._moment(now), self._moment(then)),
        )

    def _moment(self, snapshot: Snapshot) -> str:
        at = snapshot.last_activity
        if at is None:
            return "–"
        # Day and time below one another: two such columns must fit beside their names, at 200 % text too.
        time = moment_words(local(self._clock, at)).rsplit(", ", 1)[1]
        return f"{day_text(self._clock, at)}\n{time}"


class DataSection(Section):
    """Everything that concerns the data as a whole.

    Signals:
        changed: Changes after a restore or after erasing.
        erased: everything was erased; with the name of the backup made before.
    """

    changed = Signal(object)
    erased = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._context = context
        self.set_title(self.tr("Your data"))
        folder = Button(self.tr("Open folder"), "secondary", "folder-open")
        folder.clicked.connect(self.open_folder)
        self.add(SettingRow(self.tr("Where your data is"), folder, str(context.study.data.folder)))
        self.back_up_button = Button(self.tr("Back up now"), "secondary", "hard-drive")
        self.back_up_button.clicked.connect(self.back_up)
        kept = self.tr("Made daily at start, and on closing after a change; ten are kept, then one a week.")
        self.add(SettingRow(self.tr("Backups"), self.back_up_button, kept))
        holder = QWidget()
        self._backups = QVBoxLayout(holder)
        self._backups.setContentsMargins(0, px(4), 0, px(4))
        self._backups.setSpacing(px(4))
        self.add(holder)
        self.export_button = Button(self.tr("Export"), "secondary", "upload")
        self.export_button.clicked.connect(self.export)
        words = self.tr("Everything you did and wrote, as one readable file.")
        self.add(SettingRow(self.tr("Export everything"), self.export_button, words))
        self.erase_button = Button(self.tr("Erase"), "danger", "trash-2")
        self.erase_button.clicked.connect(self.erase)
        words = self.tr(
            "Removes your progress, your own cards and questions, your edits and your settings, after a last backup."
            " The bundled material stays."
        )
        self.add(SettingRow(self.tr("Erase everything"), self.erase_button, words))

    def read(self) -> None:
        """List the backups anew."""
        clear(self._backups)
        found = self._context.study.data.backups()
        if not found:
            self._backups.addWidget(Label(self.tr("No backup yet."), "muted"))
        for backup in found[:SHOWN]:
            self._backups.addWidget(self._backup_row(backup))
        if len(found) > SHOWN:
            rest = len(found) - SHOWN
            more = counted(rest, self.tr("1 older one is in the folder."), self.tr("{n} older ones are in the folder."))
            self._backups.addWidget(Label(more, "small"))

    def _backup_row(self, backup: Backup) -> QWidget:
        row = QWidget()
        flow = FlowLayout(row, gap=12)
        made = moment_words(local(self._context.study.clock, backup.made_at))
        label = Label(f"{made} · {size_words(backup.size)}", "muted")
        label.setMinimumHeight(px(28))
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        flow.addWidget(label)
        button = Button(self.tr("Restore"), "link")
        button.setAccessibleName(self.tr("Restore the backup of {made}").format(made=made))
        button.clicked.connect(partial(self.restore, backup))
        flow.addWidget(button)
        return row

    def open_folder(self) -> None:
        """Show the folder in the desktop's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._context.study.data.folder)))

    def back_up(self) -> None:
        """Make a verified backup."""
        self.back_up_button.setEnabled(False)
        self._context.jobs.run(self, self._context.study.data.back_up, self._backed_up, self._failed)

    def _backed_up(self, _backup: object) -> None:
        self.back_up_button.setEnabled(True)
        self.read()

    def restore(self, backup: Backup) -> None:
        """Tell what would change, then put the backup in place."""
        data = self._context.study.data
        try:
            preview = data.preview_restore(backup)
            if self._context.dialogs.custom(RestoreDialog(preview, self._context.study.clock, self)):
                self._done(data.restore(backup))
        except StudyAppError as error:
            self._failed(error)

    def export(self) -> None:
        """Ask where to, then write."""
        clock = self._context.study.clock
        name = f"studyapp-{local_today(clock).isoformat()}.json"
        target = self._context.dialogs.choose_file_to_save(self.tr("Export everything"), name)
        if target is None:
            return
        self.export_button.setEnabled(False)
        self._context.jobs.run(
            self,
            partial(self._context.study.data.export, target),
            partial(self._exported, str(target)),
            self._failed,
        )

    def _exported(self, target: str, _nothing: object) -> None:
        self.export_button.setEnabled(True)
        self._context.dialogs.inform(self.tr("Exported"), target)

    def erase(self) -> None:
        """Erase everything once the word was typed."""
        if not self._context.dialogs.custom(EraseDialog(self)):
            return
        data = self._context.study.data
        try:
            changes = data.erase()
        except StudyAppError as error:
            self._failed(error)
            return
        newest = next(iter(data.backups()), None)
        self._done(changes)
        self.erased.emit("" if newest is None else newest.path.name)

    def _done(self, changes: Changes) -> None:
        self.read()
        self.changed.emit(changes)

    def _failed(self, error: Exception) -> None:
        self.back_up_button.setEnabled(True)
        self.export_button.setEnabled(True)
        if not isinstance(error, StudyAppError):
            raise error
        self._context.dialogs.error(error.sentence, error.remedy)
