"""For a WSGI server of your own: `MONITOR_STORE=DIR gunicorn --worker-class gthread dashboard.wsgi:server`."""

from __future__ import annotations

import os

from dashboard.app import create_app, prepare, warm

app = create_app(os.environ.get("MONITOR_STORE", "data/store"))
warm(app)
prepare(app)
server = app.server
