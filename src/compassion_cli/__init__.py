"""A reflective journal for the command line, on compassionate leadership in adult social care."""

__version__ = "0.1.0"
