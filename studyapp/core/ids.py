"""Identifiers of rows that may one day be merged from two machines."""

import random
import uuid


def new_id(rng: random.Random) -> str:
    """A version-4 UUID as 36 characters, from the given source of chance."""
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))
