"""Use cases: plain Python that takes and returns frozen dataclasses."""
