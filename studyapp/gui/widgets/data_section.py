"""The learner's data in Settings: folder, backups, restore, export, erase."""

from functools import partial

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studyapp.core.clock import Clock
from studyapp.core.errors import StudyAppError
from studyapp.gui.dialogs import MessageDialog
from studyapp.gui.screen import Context
from studyapp.gui.theme import px
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.dates import LOCALE, local, local_today, moment_words
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.setting_rows import Section, SettingRow
from studyapp.gui.widgets.text import Label
from studyapp.gui.widgets.today_parts import clear
from studyapp.services.changes import Changes
from studyapp.services.data import Backup, RestorePreview, Snapshot

SHOWN = 6


def size_words(size: int) -> str:
    """A file's size as the desktop writes it."""
    return LOCALE.formattedDataSize(size)


class RestoreDialog(MessageDialog):
    """What a restore would change: counts now and in the backup."""

    def __init__(self, preview: RestorePreview, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", "", parent=parent)
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
            grid.addWidget(Label(name, "body"), row, 0)
            grid.addWidget(Label(now, "body"), row, 1, right)
            changed = Label(then, "strong" if now != then else "body")
            grid.addWidget(changed, row, 2, right)
        grid.setColumnStretch(0, 1)
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
        return "–" if at is None else moment_words(local(self._clock, at))


class DataSection(Section):
    """Everything that concerns the data as a whole.

    Signals:
        changed: Changes after a restore or after erasing.
    """

    changed = Signal(object)

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
        words = self.tr("Cards and questions stay; what you did is erased, after a last backup.")
        self.add(SettingRow(self.tr("Erase all progress"), self.erase_button, words))

    def read(self) -> None:
        """List the backups anew."""
        clear(self._backups)
        found = self._context.study.data.backups()
        if not found:
            self._backups.addWidget(Label(self.tr("No backup yet."), "muted"))
        for backup in found[:SHOWN]:
            self._backups.addWidget(self._backup_row(backup))
        if len(found) > SHOWN:
            more = self.tr("{n} older ones are in the folder.").format(n=len(found) - SHOWN)
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
        """Erase all progress once the word was typed."""
        word = self.tr("ERASE")
        typed = self._context.dialogs.ask_text(
            self.tr("Erase all progress?"),
            self.tr("Everything you did is erased, after a last backup. Type {word} to go on.").format(word=word),
        )
        if typed is None:
            return
        if typed.strip() != word:
            self._context.dialogs.inform(self.tr("Nothing was erased"), self.tr("The word was not typed as asked."))
            return
        try:
            self._done(self._context.study.data.erase())
        except StudyAppError as error:
            self._failed(error)

    def _done(self, changes: Changes) -> None:
        self.read()
        self.changed.emit(changes)

    def _failed(self, error: Exception) -> None:
        self.back_up_button.setEnabled(True)
        self.export_button.setEnabled(True)
        if not isinstance(error, StudyAppError):
            raise error
        self._context.dialogs.error(error.sentence, error.remedy)
