"""`python -m lawengine_cli` is `lawengine`."""

from __future__ import annotations

from lawengine_cli.main import run

if __name__ == "__main__":
    run()
