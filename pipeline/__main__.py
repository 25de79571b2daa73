"""The command line: python -m pipeline NOTES makes a film; render, check, export and others work on a timeline."""

import sys

from pipeline.command import main

if __name__ == "__main__":
    sys.exit(main())
