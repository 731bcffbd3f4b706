"""Evaluation: any model, or the gold reports themselves, scored against gold data."""
