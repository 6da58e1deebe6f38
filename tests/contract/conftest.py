"""One app over one invented publication, for all tests that walk the figures of all pages: each page is made once."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard.app import create_app
from tests.support.publication import publish, voorbeeld


@pytest.fixture(scope="session")
def figures_app(tmp_path_factory: pytest.TempPathFactory) -> Dash:
    store = tmp_path_factory.mktemp("figures")
    rows = voorbeeld()
    # A name that a spreadsheet would compute.
    next(r for r in rows["mart.dim_onderdeel"] if r["onderdeel"] == "begeleiding")["naam"] = "=1+1"
    publish(store, rows)
    return create_app(store)


@pytest.fixture(scope="session")
def figures_client(figures_app: Dash) -> FlaskClient:
    return figures_app.server.test_client()
