"""`python -m summarizer` and the console script."""

import sys

from summarizer import cli


def main() -> int:
    """Run the command line of this process and return its exit code."""
    return cli.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
