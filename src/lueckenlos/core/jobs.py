"""The queue in PostgreSQL: rooms name their jobs here, the worker does them."""

from collections.abc import Callable
from typing import Any

from procrastinate.contrib.django import app


def job(*, name: str, cron: str | None = None, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a job under a stable name, due by `cron` where given (it then takes `timestamp`)."""

    def register(function: Callable[..., Any]) -> Any:
        task = app.task(name=name, **options)(function)
        return app.periodic(cron=cron)(task) if cron else task

    return register


def run_worker() -> None:
    """Work until told to stop."""
    app.run_worker(install_signal_handlers=True, listen_notify=True)
