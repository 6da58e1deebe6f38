"""python -m etl."""

from etl.cli import app

if __name__ == "__main__":
    app(prog_name="python -m etl")
