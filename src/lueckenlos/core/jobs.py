"""The queue in PostgreSQL: rooms name their jobs here, the worker does them."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.module_loading import autodiscover_modules
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

# To index a county takes a minute: a letter must not wait for it.
AT_ONCE = 3
STOP_SECONDS = 10.0  # less than the supervisor waits before it kills


def job(*, name: str, cron: str | None = None, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Make a function a job under a stable name, due by `cron` where given (it then takes `timestamp`)."""

    def register(function: Callable[..., Any]) -> Any:
        # The library gives no types for what its decorators return.
        untyped: Any = app
        task = untyped.task(name=name, **options)(function)
        return untyped.periodic(cron=cron)(task) if cron else task

    return register


def run_worker() -> None:
    """Work until told to stop; what is done is forgotten at once, since letters hold addresses."""
    _worker_app().run_worker(
        install_signal_handlers=True,
        listen_notify=True,
        delete_jobs="successful",
        concurrency=AT_ONCE,
        shutdown_graceful_timeout=STOP_SECONDS,
    )


def run_worker_once() -> None:
    """Do what waits now, and no more."""
    _worker_app().run_worker(
        install_signal_handlers=False, listen_notify=False, wait=False, delete_jobs="successful"
    )


def _worker_app() -> App:
    """The jobs of all rooms, over a connection that can listen for new ones, which Django's cannot."""
    # Only here: with the libraries that they calculate with, every other command would wait for them.
    autodiscover_modules("jobs")
    connector = cast("DjangoConnector", app.connector)
    return app.with_connector(connector.get_worker_connector())
