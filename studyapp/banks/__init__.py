"""Question-bank files in: schema, loader, lint, gate and the compiled form."""
