"""Items, marking, memory, mastery and exam rules: pure functions and frozen values."""
