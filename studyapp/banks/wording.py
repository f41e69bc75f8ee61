"""Errors in wording: options that give themselves away, marks outside the subset, and text that may not be here."""

import re
from collections.abc import Iterator

from studyapp.banks import numbers, texts
from studyapp.banks.problems import Rule
from studyapp.banks.structure import Finding
from studyapp.domain.item import AnyItem, Case, ChoiceItem, ClozeItem, MultipleItem, SingleItem
from studyapp.domain.note import AnyNote, ClozeNote

_THINGS = r"(?:the |these |those )?(?:above|below|following|options?|answers?|choices?|statements?)"
_ALL_OF = re.compile(
    rf"\bof the above\b|^(?:all|none|any|some|both|neither)(?: of)? (?:{_THINGS}|these|those|them)$"
    r"|^(?:all|none|both|neither) (?:are |is )?correct$|^(?:all|both|neither)$",
    re.IGNORECASE,
)
_COMBINATION = re.compile(
    r"^(?:both |either |neither )?(?:options? |answers? |choices? )?\(?[a-e]\)?(?:, ?\(?[a-e]\)?)*,? (?:and|or|nor|&) "
    r"\(?[a-e]\)?(?: only| but not \(?[a-e]\)?)?$"
    r"|^\(?(?:i{1,3}|iv|v)\)?(?:, ?\(?(?:i{1,3}|iv|v)\)?)*,? (?:and|or|nor|&) \(?(?:i{1,3}|iv|v)\)?(?: only)?$"
    r"|^(?:options?|answers?|choices?|statements?) [1-5](?:, ?[1-5])*,? (?:and|or|nor|&) [1-5](?: only)?$",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b(?:[Oo]ptions?|[Aa]nswers?|[Cc]hoices?|[Dd]istractors?) (?:\([a-e]\)|[A-E](?![\w'’.-])|[\"'“‘][A-Ea-e][\"'”’])"
    r"|\b[Tt]he (?:first|second|third|fourth|fifth|last|previous|preceding) (?:option|answer)\b"
    r"|\b(?:options?|answers?|choices?) (?:above|below)\b|\bthe (?:above|below) (?:options?|answers?|choices?)\b"
)
_VERB = r"(?:is|are|was|were|do|does|did|would|should|may|can|could|must|need|has|have|had|will|shall)"
_PREPOSITION = r"(?:in|under|for|to|by|at|on|with|from|of)"
# A negated question: an asking word that opens the sentence or its main clause (", which is ..." does not), then a
# verb with "not" before any clause of its own begins.
_NEGATED = re.compile(
    rf"(?:^[\"'“(*]*(?:{_PREPOSITION} )?(?:which|what|who|how|why|(?:when|where)(?= {_VERB}\b))\b"
    rf"|[,:] (?:{_PREPOSITION} )?(?:which|what)\b(?! {_VERB}\b))"
    r"(?:(?!\b(?:if|when|because|that|who|whose|although|unless|whether|since|while|after|before|to)\b)[^,;:?]){0,80}?"
    rf"\b(?:{_VERB}(?: \w+){{0,2}}? (?:\*{{1,3}})?(?:not|never)\b|(?:is|are|do|does|should|would|could|must)n['’]t\b"
    r"|can['’]t\b|cannot\b)"
    r"|\b(?:all|each|any|every)\b[^?]*\bexcept\b\W*$|(?-i:\bEXCEPT\b|\bNOT\b)"
    r"|(?<!at )\bleast (?:likely|appropriate|important|useful|effective|accurate)\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\*\*[^*]*\b(?:not|never|except|least|cannot|\w+n['’]t)\b[^*]*\*\*", re.IGNORECASE)

# Five bare digits are how procedure codes look; amounts carry $ or a comma, longer numbers (an NPI) are no codes.
_PROCEDURE = re.compile(r"(?<![\w$,.\-])\d{5}(?![\d]|,\d|\.\d{3})(?!\w)|\b\d{4}[FTUM]\b")
_DENTAL = re.compile(r"\bD\d{4}\b")
_PHRASES = (
    "cpt®",
    "©",
    "all rights reserved",
    "current procedural terminology is copyright",
    "office or other outpatient visit for the evaluation and management",
    "significant, separately identifiable evaluation and management service",
    "distinct procedural service",
    "diagnostic and statistical manual",
    "study guide",
    "sample question",
    "sample exam",
    "practice exam question",
    "reprinted with permission",
    "used with permission",
)
_SPOILT = re.compile(
    "\ufffd|[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac|[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\ue000-\uf8ff\u2060\ufeff]"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")
_MARKS = (
    (_TAG, "an HTML tag"),
    (re.compile(r"&(?:[a-z]{2,8}|#\d+);"), "an HTML entity"),
    (re.compile(r"!?\[[^\]]*\]\([^)]*\)"), "a link"),
    (re.compile(r"^#{1,6} ", re.MULTILINE), "a heading"),
    (re.compile(r"`"), "a backtick"),
    (re.compile(r"(?<!\w)__?[A-Za-z][^_\n]*_{1,2}(?!\w)"), "emphasis with underscores"),
)
_TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")


def item_wording(item: AnyItem) -> Iterator[Finding]:
    """Errors in an item's wording (its case apart)."""
    if isinstance(item, ChoiceItem):
        for option in item.options:
            text = texts.plain(option.text).rstrip(".")
            if _ALL_OF.search(text):
                yield Finding(Rule.ALL_OF_THE_ABOVE, f"'{text}' is an all- or none-of-the-above option.", "options")
            elif _COMBINATION.match(text):
                yield Finding(Rule.COMBINATION_OPTION, f"'{text}' combines other options.", "options")
        yield from _overlaps(item)
    for field, text in texts.item_texts(item):
        if match := _POSITION.search(text):
            sentence = f"'{match.group(0)}' names an option by its place or letter, but options are shuffled."
            yield Finding(Rule.OPTION_POSITION, sentence, field)
    if isinstance(item, SingleItem | MultipleItem) and negated(item.stem) and not _MARKED.search(item.stem):
        sentence = "The question is negative and does not show it: write the negative word bold, or ask the other way."
        yield Finding(Rule.UNMARKED_NEGATIVE, sentence, "stem")


def negated(stem: str) -> bool:
    """True when the question of a stem is asked in the negative."""
    sentences = re.split(r"(?<=[.!?])[\"'”’)]*\s+", stem.strip())
    asking = [sentence for sentence in sentences if sentence.endswith("?")] or sentences[-1:]
    return any(_NEGATED.search(sentence) for sentence in asking)


def text_faults(content: AnyItem | AnyNote) -> Iterator[Finding]:
    """Forbidden text, marks outside the safe subset and spoilt characters in an item or note."""
    for field, text in texts.shown_texts(content):
        yield from _text_faults(field, text)
        blanks = isinstance(content, ClozeItem | ClozeNote) and field in {"stem", "text"}
        if "{{" in text and not blanks:
            yield Finding(Rule.MARKUP, "Blanks stand only in the stem or text of a cloze.", field)
        if any(_TABLE_ROW.match(line) for line in text.splitlines()):
            yield Finding(Rule.MARKUP, "Tables stand only in the stimulus of a case.", field)


def case_faults(case: Case) -> Iterator[Finding]:
    """The same for a case, whose stimulus may hold pipe tables."""
    for text in (case.title, case.stimulus):
        yield from _text_faults("case", text)
    rows = [line.strip().count("|") for line in case.stimulus.splitlines() if _TABLE_ROW.match(line)]
    if len(rows) == 1:
        yield Finding(Rule.MARKUP, "A table needs at least two rows.", "case")
    for line in case.stimulus.splitlines():
        if line.strip().startswith("|") != line.strip().endswith("|"):
            yield Finding(Rule.MARKUP, f"A table row must begin and end with |: '{line.strip()[:40]}'.", "case")


def _text_faults(field: str, text: str) -> Iterator[Finding]:
    if match := _PROCEDURE.search(text):
        sentence = (
            f"'{match.group(0)}' looks like a procedure code; if it is an amount, write it with $ or a thousands comma."
        )
        yield Finding(Rule.FORBIDDEN_CODE, sentence, field)
    if match := _DENTAL.search(text):
        yield Finding(Rule.FORBIDDEN_CODE, f"'{match.group(0)}' looks like a dental procedure code.", field)
    lowered = " ".join(text.casefold().split())
    for phrase in _PHRASES:
        if phrase in lowered:
            yield Finding(
                Rule.FORBIDDEN_PHRASE, f"'{phrase}' may not stand in a bank: say it in your own words.", field
            )
    if match := _SPOILT.search(text):
        sentence = f"There is a character that a wrong encoding leaves behind: U+{ord(match.group(0)[0]):04X}."
        yield Finding(Rule.ENCODING, sentence, field)
    for pattern, name in _MARKS:
        if match := pattern.search(text):
            sentence = f"'{match.group(0)[:40]}' is {name}; only **bold**, *italic* and line breaks are allowed."
            yield Finding(Rule.MARKUP, sentence, field)
    rest = re.sub(r"\*\*(?=\S)[^*\n]+?(?<=\S)\*\*|(?<![*\w])\*(?=\S)[^*\n]+?(?<=\S)\*(?![*\w])", "", text)
    if re.search(r"\*\S|\S\*", rest):
        yield Finding(Rule.MARKUP, "An asterisk is not closed: write **bold** or *italic*.", field)


def _overlaps(item: ChoiceItem) -> Iterator[Finding]:
    if isinstance(item, MultipleItem):
        return
    ranges = [(option.text, numbers.range_of(texts.plain(option.text))) for option in item.options]
    for index, (text, one) in enumerate(ranges):
        for other_text, other in ranges[index + 1 :]:
            if one is not None and other is not None and numbers.overlap(one, other):
                yield Finding(Rule.OVERLAPPING_RANGES, f"'{text}' and '{other_text}' overlap.", "options")
