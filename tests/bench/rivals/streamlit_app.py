"""The page as someone makes it in Streamlit from the documentation. `streamlit run streamlit_app.py -- DATABASE`."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import pandas as pd
import plotly.express as px
import streamlit as st

sys.path.insert(0, str(Path(__file__).parent))
from content import HEADS, choices, content

st.set_page_config(layout="wide")


@st.cache_resource
def database():
    return duckdb.connect(sys.argv[1], read_only=True)


def ask(sql: str, parameters: list[object]):
    with database().cursor() as cursor:
        return cursor.execute(sql, parameters).df()


names = choices(ask)
st.title("Budget")
chosen = st.selectbox("Budget", list(names), format_func=names.get)
page = content(ask, chosen, names[chosen])
for column, (label, value) in zip(st.columns(4), page.tiles, strict=True):
    column.metric(label, value)
columns = st.columns(2)
for n, picture in enumerate(page.pictures):
    make = px.line if picture.kind == "line" else px.bar
    more = {"barmode": "group"} if picture.kind == "bar" else {}
    drawn = make(picture.rows, x="x", y="y", color="serie", title=picture.title, height=320, **more)
    columns[n % 2].plotly_chart(drawn.update_xaxes(title=page.name), key=picture.id)
st.dataframe(pd.DataFrame(page.table, columns=HEADS))
