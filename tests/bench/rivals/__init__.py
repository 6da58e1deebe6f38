"""The same page three times: by the monitor, in plain Dash and in Streamlit; tests/bench/bench_pages.py compares."""
