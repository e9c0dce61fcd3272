"""The few orders of steps that must not be got wrong: keep a draft, save the entry, only then drop the draft."""
