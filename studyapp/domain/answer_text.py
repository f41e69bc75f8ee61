"""When two typed answers are the same: letter case, spacing, hyphens and diacritics do not count, all else does."""

import unicodedata

# Which apostrophe or quotation mark a keyboard yields is no matter of knowledge either.
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"'})
_HYPHENS = frozenset("-‐‑‒–—−\u00ad")


def fold(text: str) -> str:
    """`text` in the form in which answers are compared."""
    return "".join(map(fold_character, unicodedata.normalize("NFC", text)))


def fold_character(character: str) -> str:
    """What one character (of a text in normal form C) adds to the folded text: nothing for spaces and hyphens."""
    if character in _HYPHENS or character.isspace():
        return ""
    parts = unicodedata.normalize("NFKD", character.translate(_QUOTES).casefold())
    return "".join(part for part in parts if not unicodedata.combining(part) and not part.isspace())


def plain(text: str) -> str:
    """An authored answer without the marks of emphasis that nobody would type."""
    return text.replace("*", "")


def same_answer(given: str, accept: tuple[str, ...]) -> bool:
    """Whether `given` is one of the accepted answers."""
    folded = fold(given)
    return bool(folded) and any(folded == fold(plain(answer)) for answer in accept)
