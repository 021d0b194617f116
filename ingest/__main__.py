"""`python -m ingest` is `ingest`."""

from .cli import main

if __name__ == "__main__":
    main()
