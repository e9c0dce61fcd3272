"""What the program is about: packs, sessions, answers, entries. No clock, no files, no terminal."""
