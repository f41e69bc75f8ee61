"""Settings: exam and plan, flashcards, appearance, keys, data, about. Each change is stored at once."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from studyapp.core.errors import StudyAppError
from studyapp.gui.main_keys import everywhere
from studyapp.gui.screen import Context, KeyHelp, Place, Route, Screen
from studyapp.gui.theme import px, set_tabular, watcher
from studyapp.gui.widgets.about_section import AboutSection
from studyapp.gui.widgets.button import Button
from studyapp.gui.widgets.data_section import DataSection
from studyapp.gui.widgets.date_choice import DateChoice
from studyapp.gui.widgets.dates import local_today
from studyapp.gui.widgets.flow import FlowLayout
from studyapp.gui.widgets.keys_sheet import KeyTable
from studyapp.gui.widgets.number_field import NumberField
from studyapp.gui.widgets.page import Page
from studyapp.gui.widgets.plan_fields import DaysOff, exam_order
from studyapp.gui.widgets.setting_rows import Section, SettingRow
from studyapp.gui.widgets.text import Label
from studyapp.services.changes import Area, Changes
from studyapp.services.settings import Settings, Theme

WIDTH = 760
SIZES = (80, 200, 10)
RETENTION = (70, 97)
THEMES = (Theme.SYSTEM, Theme.LIGHT, Theme.DARK)


class SettingsScreen(Screen):
    """One page of sections; chips at the top jump to them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._filling = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.page = Page(self.tr("Settings"), WIDTH)
        outer.addWidget(self.page)
        self._jumps = FlowLayout(gap=4)
        self.page.body.addLayout(self._jumps)
        self._settings = context.study.settings.get()
        self.data = DataSection(context)
        self.data.changed.connect(self._data_changed)
        self.data.erased.connect(self._erased)
        self.sections: tuple[Section, ...] = (
            self._plan_section(),
            self._cards_section(),
            self._look_section(),
            self._keys_section(),
            self.data,
            AboutSection(),
        )
        for section in self.sections:
            self.page.body.addWidget(section)
            jump = Button(section.title, "link")
            jump.clicked.connect(self._jump)
            jump.setProperty("section", self.sections.index(section))
            self._jumps.addWidget(jump)
        self.page.body.addStretch(1)
        watcher().changed.connect(self._scale)
        self._scale()
        self._fill()
        self._connect()

    # Building

    def _plan_section(self) -> Section:
        section = Section(self.tr("Exam and plan"))
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        section.add(SettingRow(self.tr("Your name"), self.name, self.tr("For the greeting; may stay empty.")))
        self.exam = QComboBox()
        for blueprint in sorted(self.context.study.exams.blueprints(), key=exam_order):
            self.exam.addItem(blueprint.title, blueprint.id)
        self.exam.addItem(self.tr("Just learning"), "")
        self.exam.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.exam.setMinimumContentsLength(18)
        self.exam.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words = self.tr("Decides which topics count most.")
        self.exam_row = SettingRow(self.tr("Exam"), self.exam, words, below=True)
        section.add(self.exam_row)
        self.date = DateChoice(local_today(self.context.study.clock), self._settings.exam_date)
        section.add(SettingRow(self.tr("Date of the exam"), self.date, below=True))
        self.minutes = NumberField(5, 240, 5, self.tr(" minutes"))
        section.add(SettingRow(self.tr("Time on a study day"), self.minutes))
        self.days_off = DaysOff(self._settings.days_off)
        section.add(
            SettingRow(self.tr("Days off"), self.days_off, self.tr("No study is planned on these."), below=True)
        )
        self.day_start = NumberField(0, 12, 1, self.tr(":00"))
        words = self.tr("Studying after midnight still counts for the day before, until this hour.")
        section.add(SettingRow(self.tr("A new day starts at"), self.day_start, words))
        return section

    def _cards_section(self) -> Section:
        section = Section(self.tr("Flashcards and exams"))
        self.new_cards = NumberField(0, 200, 5, self.tr(" a day"))
        words = self.tr("Each new card brings about seven reviews in its first weeks.")
        section.add(SettingRow(self.tr("New cards"), self.new_cards, words))
        self.retention = NumberField(*RETENTION, 1, " %")
        self.retention_row = SettingRow(self.tr("Desired retention"), self.retention, " ")
        section.add(self.retention_row)
        self.two_buttons = QCheckBox(self.tr("Again and Good only"))
        words = self.tr("Two buttons are quicker to press and schedule almost as well as four.")
        section.add(SettingRow(self.tr("Grades"), self.two_buttons, words))
        self.speech = QCheckBox(self.tr("Read terms aloud"))
        words = self.tr("Says a term when its card turns, where the system has a voice.")
        section.add(SettingRow(self.tr("Speech"), self.speech, words))
        self.calculator = QCheckBox(self.tr("Offer a calculator"))
        section.add(SettingRow(self.tr("In the exam room"), self.calculator))
        return section

    def _look_section(self) -> Section:
        section = Section(self.tr("Appearance"))
        self.theme = QComboBox()
        for theme, words in zip(THEMES, (self.tr("As the system"), self.tr("Light"), self.tr("Dark")), strict=True):
            self.theme.addItem(words, theme)
        section.add(SettingRow(self.tr("Colors"), self.theme))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        low, high, step = SIZES
        self.text_size = QSlider(Qt.Orientation.Horizontal)
        self.text_size.setRange(low // step, high // step)
        self.text_size.setPageStep(1)
        self.text_size.setMinimumWidth(160)
        self.text_size.setAccessibleName(self.tr("Text size"))
        self.size_words = Label("", "body")
        set_tabular(self.size_words)
        row.addWidget(self.text_size, 1)
        row.addWidget(self.size_words)
        section.add(SettingRow(self.tr("Text size"), holder, self.tr("Everything grows with the text.")))
        self.motion = QCheckBox(self.tr("Less motion"))
        section.add(SettingRow(self.tr("Motion"), self.motion, self.tr("Things change at once instead of gliding.")))
        return section

    def _keys_section(self) -> Section:
        section = Section(self.tr("Keys"))
        words = self.tr("On every screen, ? shows the keys that do something there.")
        section.add(Label(words, "muted", wrap=True))
        section.add(KeyTable(everywhere()))
        return section

    def _connect(self) -> None:
        self.name.editingFinished.connect(self._store)
        for box in (self.exam, self.theme):
            box.currentIndexChanged.connect(self._store)
        for choice in (self.date, self.days_off):
            choice.changed.connect(self._store)
        for spin in (self.minutes, self.day_start, self.new_cards, self.retention):
            spin.valueChanged.connect(self._store)
        for check in (self.two_buttons, self.speech, self.calculator, self.motion):
            check.toggled.connect(self._store)
        self.text_size.valueChanged.connect(self._resized)
        self.text_size.sliderReleased.connect(self._store)

    def _scale(self) -> None:
        self.page.body.setSpacing(px(20))
        self.name.setMinimumWidth(px(200))
        self.text_size.setMinimumWidth(px(140))

    # Screen

    def open(self, payload: object) -> None:
        """Read anew: backups are made elsewhere too."""
        self._fill()
        self.data.read()

    def refresh(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.EVERYTHING}:
            self._fill()
        if Area.EVERYTHING in changes.areas:
            self.data.read()

    def keys(self) -> tuple[KeyHelp, ...]:
        return (
            KeyHelp("Tab", self.tr("Go on to the next setting")),
            KeyHelp("↑  ↓", self.tr("Change the setting at hand")),
            KeyHelp("Space", self.tr("Turn the box or the chip on or off, press the button")),
        )

    # Values

    def _fill(self) -> None:
        """Show what is stored."""
        self._settings = self.context.study.settings.get()
        stored = self._settings
        self._filling = True
        self.name.setText(stored.name)
        self.exam.setCurrentIndex(max(0, self.exam.findData(stored.exam_id)))
        self.date.set_date(stored.exam_date)
        self.minutes.setValue(stored.minutes_per_day)
        self.days_off.set_days(stored.days_off)
        self.day_start.setValue(stored.day_starts_at)
        self.new_cards.setValue(stored.new_cards_per_day)
        self.retention.setValue(round(stored.desired_retention * 100))
        self.two_buttons.setChecked(stored.two_buttons)
        self.speech.setChecked(stored.speech)
        self.calculator.setChecked(stored.calculator)
        self.theme.setCurrentIndex(THEMES.index(stored.theme))
        self.text_size.setValue(stored.text_percent // SIZES[2])
        self.motion.setChecked(stored.reduced_motion)
        self._filling = False
        self._explain()

    def shown(self) -> Settings:
        """The settings as the controls stand."""
        exam_id = str(self.exam.currentData())
        return replace(
            self._settings,
            name=self.name.text().strip(),
            exam_id=exam_id,
            exam_date=self.date.chosen() if exam_id else None,
            minutes_per_day=self.minutes.value(),
            days_off=self.days_off.days(),
            day_starts_at=self.day_start.value(),
            new_cards_per_day=self.new_cards.value(),
            desired_retention=self.retention.value() / 100,
            two_buttons=self.two_buttons.isChecked(),
            speech=self.speech.isChecked(),
            calculator=self.calculator.isChecked(),
            theme=THEMES[self.theme.currentIndex()],
            text_percent=self.text_size.value() * SIZES[2],
            reduced_motion=self.motion.isChecked(),
        )

    def _store(self) -> None:
        if self._filling:
            return
        wanted = self.shown()
        self._explain()
        if wanted == self._settings:
            return
        try:
            changes = self.context.study.settings.save(wanted)
        except StudyAppError as error:
            self.context.dialogs.error(error.sentence, error.remedy)
            self._fill()
            return
        self._settings = wanted
        self.changed.emit(changes)

    def _resized(self) -> None:
        self._explain()
        # While the handle is dragged the page would run away under the mouse.
        if not self.text_size.isSliderDown():
            self._store()

    def _explain(self) -> None:
        self.size_words.setText(f"{self.text_size.value() * SIZES[2]} %")
        share = self.retention.value()
        if share > 94:
            cost = self.tr("with many more reviews a day.")
        elif share >= 87:
            cost = self.tr("a good balance of memory and time.")
        else:
            cost = self.tr("with fewer reviews and more relearning.")
        words = self.tr("The share of cards you want to still know when they come back: {share} of 100 here, {cost}")
        self.retention_row.help.setText(words.format(share=share, cost=cost))
        self.date.setEnabled(bool(self.exam.currentData()))

    def _data_changed(self, changes: object) -> None:
        self._fill()
        self.changed.emit(changes)

    def _erased(self, backup: str) -> None:
        """A program without settings asks its first questions again."""
        self.go.emit(Route(Place.WELCOME))
        told = self.tr("The last backup is {name}, in the folder of your data. Settings can restore it.")
        self.context.dialogs.inform(self.tr("Everything was erased"), told.format(name=backup))

    def _jump(self) -> None:
        sender = self.sender()
        if not isinstance(sender, Button):
            return
        section = self.sections[int(sender.property("section"))]
        first = next((child for child in section.findChildren(QWidget) if _takes_tab(child)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        self.page.verticalScrollBar().setValue(max(0, section.y() - px(16)))


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
