"""`python -m indicators`: backtest and chain ladder on files (docs/prognose.md)."""

from indicators.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
