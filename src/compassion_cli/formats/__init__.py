"""Text to meaning and back: pure functions on strings, one module for each format."""
