"""Asking and showing, in colour or line by line. Nothing here reads or writes a file."""
