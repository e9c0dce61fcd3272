"""The words on the command line. Everything is put together here, and only here is the clock read."""
