"""Keeps the server and the worker running under one process, and ends them together."""

import ctypes
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

from lueckenlos.core.failure import StatedFailure
from lueckenlos.core.logs import LineFormatter

_PR_SET_PDEATHSIG = 1
_IDLE_SECONDS = 60.0
_POLL_SECONDS = 0.02
_PROBE_SECONDS = 0.1
_LOG = logging.getLogger("lueckenlos.supervisor")
# Loaded before the fork: between fork and exec nothing may be imported.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Child:
    """A command that shall always run; its name stands in the logs."""

    name: str
    argv: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Patience:
    """How long to wait: before a restart, until a program counts as steady, and for its end."""

    first_seconds: float = 0.5
    longest_seconds: float = 30.0
    steady_seconds: float = 60.0
    stop_seconds: float = 15.0
    most_crashes: int = 6

    def before_restart(self, crashes: int) -> float:
        """Gives the pause after so many crashes in a row; it doubles each time."""
        return float(min(self.first_seconds * 2 ** (crashes - 1), self.longest_seconds))


@dataclass(frozen=True)
class Announcement:
    """What to tell, once, as soon as the programs are found to be up."""

    is_up: Callable[[], bool]
    tell: Callable[[], None]


class ChildGivenUp(StatedFailure):
    """A program ended again and again right after its start."""

    def __init__(self, name: str, *, code: int) -> None:
        self.name = name
        self.code = code
        super().__init__(
            f"Der Teil „{name}“ endet immer wieder gleich nach dem Start (zuletzt mit {code}). "
            "Der Grund steht in den Meldungen darüber."
        )


class ChildMissing(StatedFailure):
    """The command of a program cannot be started at all."""

    def __init__(self, name: str, *, command: str) -> None:
        self.name = name
        self.command = command
        super().__init__(
            f"Der Teil „{name}“ lässt sich nicht starten: „{command}“ fehlt oder ist kein Programm. "
            "Bitte führen Sie „make install“ aus."
        )


class _Running:
    """One program with its process and its crashes."""

    def __init__(self, child: Child) -> None:
        self.child = child
        self.process: subprocess.Popen[bytes] | None = None
        self.crashes = 0
        self.started = 0.0
        self.due: float | None = 0.0

    def start(self, *, now: float) -> subprocess.Popen[bytes]:
        parent = os.getpid()

        def tie_to_parent() -> None:
            # If we are killed, the kernel ends the child; if that happened already, it ends itself.
            if _LIBC is not None:
                _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        # A group of its own: Ctrl-C reaches us alone, and we end the programs in their order.
        self.process = subprocess.Popen(
            self.child.argv,
            env={**os.environ, **self.child.environ},
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=tie_to_parent,  # noqa: PLW1509  the supervisor has one thread
        )
        self.started = now
        self.due = None
        return self.process

    def send(self, means: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, means)


def supervise(
    children: Sequence[Child],
    *,
    patience: Patience | None = None,
    announcement: Announcement | None = None,
) -> None:
    """Runs the programs until a signal to stop comes; restarts those that crash, and gives up in words."""
    if not _LOG.hasHandlers():
        # Without Django's logging (the supervisor needs no Django) its lines would be lost.
        handler = logging.StreamHandler()
        handler.setFormatter(LineFormatter())
        _LOG.addHandler(handler)
        _LOG.setLevel(logging.INFO)
    _Supervisor(children, patience=patience or Patience(), announcement=announcement).run()


class _Supervisor:
    """Starts programs in order, restarts those that crash, and stops them in reverse order."""

    def __init__(
        self, children: Sequence[Child], *, patience: Patience, announcement: Announcement | None
    ) -> None:
        self._all = [_Running(child) for child in children]
        self._patience = patience
        self._announcement = announcement
        self._stop_by: signal.Signals | None = None

    def run(self) -> None:
        """Runs until a signal to stop comes."""
        with self._signals() as wake:
            try:
                while self._stop_by is None:
                    self._tend(now=time.monotonic())
                    self._announce()
                    self._sleep(wake)
                _say(logging.INFO, "stopping", text=f"stopping after {self._stop_by.name}")
            finally:
                for running in reversed(self._all):
                    self._end(running)

    def _tend(self, *, now: float) -> None:
        """Looks after each program once."""
        for running in self._all:
            code = None if running.process is None else running.process.poll()
            if code is not None:
                self._note_crash(running, code, now=now)
            if running.due is not None and now >= running.due:
                self._start(running, now=now)

    def _start(self, running: _Running, *, now: float) -> None:
        name = running.child.name
        try:
            process = running.start(now=now)
        except OSError as error:
            raise ChildMissing(name, command=running.child.argv[0]) from error
        _say(logging.INFO, "started", text=f"{name} started as {process.pid}", child=name)

    def _note_crash(self, running: _Running, code: int, *, now: float) -> None:
        # Whatever the program left behind in its group would hold its port.
        running.send(signal.SIGKILL)
        running.process = None
        steady = now - running.started > self._patience.steady_seconds
        running.crashes = 1 if steady else running.crashes + 1
        name = running.child.name
        if running.crashes >= self._patience.most_crashes:
            raise ChildGivenUp(name, code=code)
        pause = self._patience.before_restart(running.crashes)
        running.due = now + pause
        _say(logging.WARNING, "ended", text=f"{name} ended with {code}, again in {pause:g} s", child=name)

    def _announce(self) -> None:
        """Tells that the house stands, once it does."""
        if self._announcement is not None and self._announcement.is_up():
            self._announcement.tell()
            self._announcement = None

    def _sleep(self, wake: int) -> None:
        now = time.monotonic()
        dues = [running.due for running in self._all if running.due is not None]
        if self._announcement is not None:
            dues.append(now + _PROBE_SECONDS)
        pause = min((max(due - now, 0.0) for due in dues), default=_IDLE_SECONDS)
        if select.select([wake], [], [], pause)[0]:
            os.read(wake, 1024)

    def _end(self, running: _Running) -> None:
        process, name = running.process, running.child.name
        if process is None:
            return
        running.send(signal.SIGTERM)
        end = time.monotonic() + self._patience.stop_seconds
        while process.poll() is None and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)
        if process.poll() is None:
            _say(logging.WARNING, "killed", text=f"{name} did not stop and was killed", child=name)
        running.send(signal.SIGKILL)
        process.wait()
        _say(logging.INFO, "stopped", text=f"{name} stopped with {process.returncode}", child=name)

    def _note_stop(self, number: int, _frame: FrameType | None) -> None:
        self._stop_by = signal.Signals(number)

    @contextmanager
    def _signals(self) -> Iterator[int]:
        """Turns signals into bytes on a pipe, so that none is lost between looking and sleeping."""
        wake, write = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(write, False)
        before = {
            means: signal.signal(means, handler)
            for means, handler in (
                (signal.SIGTERM, self._note_stop),
                (signal.SIGINT, self._note_stop),
                (signal.SIGCHLD, lambda *_: None),
            )
        }
        before_wake = signal.set_wakeup_fd(write, warn_on_full_buffer=False)
        try:
            yield wake
        finally:
            signal.set_wakeup_fd(before_wake)
            for means, handler in before.items():
                signal.signal(means, handler)
            os.close(wake)
            os.close(write)


def _say(level: int, event: str, *, text: str, child: str = "") -> None:
    _LOG.log(level, text, extra={"event": event} | ({"child": child} if child else {}))
