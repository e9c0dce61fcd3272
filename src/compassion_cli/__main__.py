"""Run the umbrella command: python -m compassion_cli."""

from compassion_cli.cli.main import compassion

if __name__ == "__main__":
    compassion()
