"""One rotating log file beside the learner's database; nothing in it names what was answered."""

import logging
import logging.handlers
from pathlib import Path

LOG_NAME = "studyapp.log"


def start_logging(folder: Path) -> Path:
    """Send the `studyapp` loggers to `folder/studyapp.log` (three files of 1 MB) and return its path.

    A folder that cannot be written is no reason not to start: the log then goes to standard error.
    """
    path = folder / LOG_NAME
    handler: logging.Handler
    try:
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger("studyapp")
    for old in list(logger.handlers):
        logger.removeHandler(old)
        old.close()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    return path
