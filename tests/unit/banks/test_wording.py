"""Wording rules catch what gives a key away or may not be in a bank, and leave ordinary sentences alone."""

import pytest

from studyapp.banks import capped, numbers, wording
from studyapp.banks.problems import Rule
from studyapp.domain.item import Bloom, Case, Option, SingleItem
from studyapp.domain.note import BasicNote


def single(*options: str, key: int = 1, stem: str = "What should the manager do first?") -> SingleItem:
    """A single item with these options; `key` counts from 0."""
    return SingleItem(
        id="a.b.1",
        topic="L07",
        stem=stem,
        takeaway="",
        bloom=Bloom.APPLY,
        difficulty=0.5,
        options=tuple(
            Option(letter, text, "", correct=index == key)
            for index, (letter, text) in enumerate(zip("abcdef", options, strict=False))
        ),
    )


def rules_of_text(text: str) -> set[Rule]:
    """Rules that a note with this front breaks."""
    return {finding.rule for finding in wording.text_faults(BasicNote(id="a.b.n1", topic="L07", front=text, back="x"))}


@pytest.mark.parametrize("text", ["99213", "code 99213.", "(99213)", "99213-25", "0001F", "0075T", "99213, 99214"])
def test_procedure_codes_are_refused(text: str) -> None:
    """Five bare digits and four digits with a category letter are how procedure codes look."""
    assert rules_of_text(text) == {Rule.FORBIDDEN_CODE}


@pytest.mark.parametrize("text", ["D0120", "codes D1234 and D2"])
def test_dental_codes_are_refused(text: str) -> None:
    """D and four digits are how dental codes look."""
    assert rules_of_text(text) == {Rule.FORBIDDEN_CODE}


@pytest.mark.parametrize(
    "text",
    [
        "$14,308",
        "$14308",
        "14,308 visits",
        "1,234,567",
        "in 2026",
        "NPI 1234567893",
        "D64.9",
        "D50-D89",
        "G0463",
        "E11.65",
        "0.12345",
        "555-0123",
        "45 CFR 164.404",
        "29 CFR 1910.1030",
        "Form 1095-C",
        "123-45-6789",
    ],
)
def test_amounts_years_and_diagnoses_are_fine(text: str) -> None:
    """Amounts with $ or a comma, years, NPIs, ICD-10-CM and HCPCS codes and citations are no procedure codes."""
    assert rules_of_text(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "a<br>b",
        "&nbsp;x",
        "[x](https://y)",
        "# Title",
        "`code`",
        "__bold__",
        "**open",
        "*open",
        "| a | b |",
        "{{c1::x}}",
        "![](x.png)",
    ],
)
def test_marks_outside_the_subset_are_refused(text: str) -> None:
    """HTML, links, headings, code, underscores, open asterisks, tables and blanks outside a cloze are refused."""
    assert rules_of_text(text) == {Rule.MARKUP}


@pytest.mark.parametrize(
    "text",
    [
        "**bold** and *italic*",
        "**bold words**.",
        "5 * 3 = 15",
        "a < b and c > d",
        "R&D; then",
        "line\nbreak",
        "A/R days",
        "snake_case_name",
        "[hint]",
        "#1",
    ],
)
def test_the_subset_and_plain_signs_are_fine(text: str) -> None:
    """Bold, italic, line breaks and ordinary signs pass."""
    assert rules_of_text(text) == set()


@pytest.mark.parametrize("option", ["All of the above", "None of the above.", "None of these", "Both", "Neither"])
def test_all_of_the_above(option: str) -> None:
    """Options that stand for others are refused."""
    assert {f.rule for f in wording.item_wording(single("One", "Two", option))} == {Rule.ALL_OF_THE_ABOVE}


@pytest.mark.parametrize("option", ["A and C", "Both A and C", "a, b and c only", "I and III", "Options 1 and 2"])
def test_combinations(option: str) -> None:
    """Options that combine others by letter or number are refused."""
    assert {f.rule for f in wording.item_wording(single("One", "Two", option))} == {Rule.COMBINATION_OPTION}


@pytest.mark.parametrize(
    "option",
    [
        "All of the patients affected",
        "Both the employer and the employee",
        "None, because the visit was free",
        "Parts A and B",
        "Part A and Part D",
        "1 or 2 days",
        "Any of these staff members",
        "Neither parent alone",
        "None",
    ],
)
def test_ordinary_options_are_fine(option: str) -> None:
    """Options that merely begin like a combination pass."""
    assert not list(wording.item_wording(single("One", "Two", option)))


@pytest.mark.parametrize(
    ("stem", "negative"),
    [
        ("Which of these is not a covered entity?", True),
        ("Which step is **not** required?", True),
        ("Which employees may an employer not ask?", True),
        ("All of these are required except:", True),
        ("Which step is least likely to help?", True),
        ("What can't the office do?", True),
        ("Which of these can the practice NOT bill?", True),
        ("What should she do if the patient does not sign?", False),
        ("The patient is not insured. What is owed?", False),
        ("Under federal law, which of these is not covered?", True),
        ("For a service, which is not covered, what is owed?", False),
        ("In which case does a notice not go out?", True),
        ("When a claim is not paid, what does the manager do?", False),
        ("Staff who are not paid by the hour ask for what?", False),
        ("When is a notice not needed?", True),
        ("How long does at least one copy stay?", False),
        ('He asks for papers of staff "who are not citizens." Which advice fits?', False),
        ("Which form does a patient who is not enrolled fill in?", False),
        ("What does the manager do when a claim is not paid?", False),
        ("Which notice goes to staff because the plan has not been renewed?", False),
    ],
)
def test_negative_questions(stem: str, *, negative: bool) -> None:
    """A question is negative when its own verb is, not when a clause or an earlier sentence is."""
    assert wording.negated(stem) is negative


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("Unlike option B, this keeps a record.", True),
        ("Answer (c) is for hospitals.", True),
        ("The second option is for hospitals.", True),
        ("See the answer above.", True),
        ("The option a manager has is to wait.", False),
        ("A second answer to the letter came late.", False),
        ("Choose the first-line drug.", False),
        ("Part B pays.", False),
    ],
)
def test_places_and_letters(text: str, *, refused: bool) -> None:
    """Options are shuffled, so a text that names one by letter or place is refused."""
    item = single("One", "Two", "Three", stem=f"{text} What is next?")
    assert (Rule.OPTION_POSITION in {f.rule for f in wording.item_wording(item)}) is refused


def test_tables_stand_in_a_stimulus() -> None:
    """A pipe table is fine in a case; a row that is not closed is not."""
    table = "| Day | What |\n|---|---|\n| 1 | Theft |"
    assert not list(wording.case_faults(Case("a.b.c1", "Ledger", table)))
    assert {f.rule for f in wording.case_faults(Case("a.b.c1", "Ledger", table + "\n| 2 | Fire"))} == {Rule.MARKUP}


@pytest.mark.parametrize(
    ("one", "other", "overlaps"),
    [
        ("1-10 days", "10-20 days", True),
        ("1 to 10 days", "11 to 20 days", False),
        ("$1,000-$2,000", "$1,500-$3,000", True),
        ("less than 10 staff", "10-20 staff", False),
        ("less than 15 staff", "10-20 staff", True),
        ("more than 5 staff", "less than 10 staff", True),
        ("at least 15 staff", "at least 20 staff", False),
        ("1-10 days", "5-20 weeks", False),
        ("15 or more employees", "20 or more employees", False),
    ],
)
def test_ranges(one: str, other: str, *, overlaps: bool) -> None:
    """Closed ranges in one unit may not overlap; thresholds open to one side are alternatives."""
    first, second = numbers.range_of(one), numbers.range_of(other)
    assert (first is not None and second is not None and numbers.overlap(first, second)) is overlaps


@pytest.mark.parametrize(
    ("options", "unordered"),
    [
        (("30 days", "60 days", "90 days"), False),
        (("60 days", "30 days", "90 days"), True),
        (("April 2", "May 2", "March 3"), True),
        (("1 year", "2 years", "3 years"), False),
        (("30 calendar days", "20 business days", "10 days"), False),
        (("$1,200.00", "$900.00", "$1,500.00"), True),
        (("By May 2", "By April 2", "By June 2"), True),
        (("One form", "Two letters", "No call"), False),
    ],
)
def test_number_order(options: tuple[str, ...], *, unordered: bool) -> None:
    """Options that differ in one number or date stand in ascending order; other options have no order."""
    found = {finding.rule for finding in capped.findings(single(*options))}
    assert (Rule.UNORDERED_NUMBERS in found) is unordered


def test_caps_count_against_choice_items() -> None:
    """A cap is a share of the choice items, one allowed even in a small bank."""
    items = [single("One", "Two", "Three") for _ in range(100)]
    table = {cap.rule: cap for cap in capped.caps(items, [Rule.LONG_KEY] * 8 + [Rule.HEDGED_KEY] * 2)}
    assert (table[Rule.LONG_KEY].allowed, table[Rule.LONG_KEY].passed) == (8, True)
    assert (table[Rule.HEDGED_KEY].allowed, table[Rule.HEDGED_KEY].passed) == (1, False)
    small = {cap.rule: cap for cap in capped.caps(items[:5], [Rule.LONG_KEY])}
    assert small[Rule.LONG_KEY].passed
