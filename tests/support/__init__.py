"""What tests share: a command line to type at, a terminal to look at, and a small pack."""
