"""For authors: build the packaged ICD-10-CM table from the code list of the PyPI package simple-icd-10-cm.

    python -m studyapp.banks.icd_table CODE_LIST FISCAL_YEAR FOLDER

CODE_LIST is `simple_icd_10_cm/data/code-list-*.txt` of that package (MIT; data by CDC/NCHS and CMS), FOLDER is
`question_banks/data`. The package itself is not imported: that would cost two seconds and 190 MB.
"""

import lzma
import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path


def billable_codes(names: Iterable[str]) -> dict[str, bool]:
    """Codes (without point, sorted) and whether each is billable: a code is when no longer code begins with it.

    The list also holds chapters (`1`) and blocks (`A00-A09`), which are left out. A block of a single category is
    named like it (`B20`), so names may repeat: B20, F99, P84, R99 and Z66 are billable categories.
    """
    codes = sorted({name.replace(".", "") for name in names if len(name) >= 3 and "-" not in name})
    billable = {code: not following.startswith(code) for code, following in pairwise([*codes, ""])}
    return {code: billable[code] for code in codes}


def write_table(codes: dict[str, bool], fiscal_year: int, folder: Path) -> Path:
    """Write `icd10cm-fyYYYY.txt.xz`: a line a code, with 1 when it is billable; returns the file."""
    lines = [f"# ICD-10-CM FY{fiscal_year}: code, 1 if billable. CDC/NCHS and CMS; see LICENSES.md."]
    lines += [f"{code} {int(billable)}" for code, billable in codes.items()]
    file = folder / f"icd10cm-fy{fiscal_year}.txt.xz"
    file.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode("ascii"), preset=9 | lzma.PRESET_EXTREME))
    return file


def main(arguments: Sequence[str]) -> int:
    """Build the table; returns the exit code."""
    if len(arguments) != 3 or not arguments[1].isdecimal():
        sys.stderr.write("usage: python -m studyapp.banks.icd_table CODE_LIST FISCAL_YEAR FOLDER\n")
        return 2
    codes = billable_codes(Path(arguments[0]).read_text(encoding="ascii").split())
    file = write_table(codes, int(arguments[1]), Path(arguments[2]))
    sys.stdout.write(f"{file}: {len(codes)} codes, {sum(codes.values())} billable\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
