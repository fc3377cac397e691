"""The four checkpoints (查验环节). Each exposes the same few names; all of them are pure."""
