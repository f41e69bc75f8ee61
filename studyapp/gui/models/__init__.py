"""Qt item models over the values that services return."""
