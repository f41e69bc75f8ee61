"""Clock, errors, ids, paths and logging: knows nothing of studying."""
