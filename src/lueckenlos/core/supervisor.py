"""Keeps the server and the worker running under one process, and ends them together."""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

import structlog

_PR_SET_PDEATHSIG = 1
_IDLE_SECONDS = 60.0
_POLL_SECONDS = 0.02
# Loaded before the fork: between fork and exec nothing may be imported.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """A command that shall always run; its name stands in the logs."""

    name: str
    argv: tuple[str, ...]
    environ: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Patience:
    """How long to wait: before a restart, until a program counts as steady, and for its end."""

    first_seconds: float = 0.5
    longest_seconds: float = 30.0
    steady_seconds: float = 60.0
    stop_seconds: float = 15.0
    most_crashes: int = 8

    def before_restart(self, crashes: int) -> float:
        """Gives the pause after so many crashes in a row; it doubles each time."""
        return float(min(self.first_seconds * 2 ** (crashes - 1), self.longest_seconds))


class _Child:
    """One program with its process and its crashes."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.process: subprocess.Popen[bytes] | None = None
        self.crashes = 0
        self.started = 0.0
        self.due: float | None = 0.0

    def start(self, *, now: float) -> None:
        parent = os.getpid()

        def tie_to_parent() -> None:
            # If we are killed, the kernel ends the child; if that happened already, it ends itself.
            if _LIBC is not None:
                _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        # A group of its own: Ctrl-C reaches us alone, and we end the programs in their order.
        self.process = subprocess.Popen(
            self.program.argv,
            env={**os.environ, **self.program.environ},
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=tie_to_parent,  # noqa: PLW1509  the supervisor has one thread
        )
        self.started = now
        self.due = None

    def send(self, means: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, means)


class Supervisor:
    """Starts programs in order, restarts those that crash, and stops them in reverse order."""

    def __init__(self, programs: Sequence[Program], *, patience: Patience | None = None) -> None:
        self._children = [_Child(program) for program in programs]
        self._patience = patience or Patience()
        self._log = structlog.get_logger("lueckenlos.supervisor")
        self._stop_by: signal.Signals | None = None

    def run(self) -> int:
        """Runs until a signal to stop comes (0) or a program cannot be kept running (1)."""
        with self._signals() as wake:
            try:
                while self._stop_by is None:
                    if not self._tend(now=time.monotonic()):
                        return 1
                    self._sleep(wake)
                self._log.info("stopping", signal=self._stop_by.name)
                return 0
            finally:
                for child in reversed(self._children):
                    self._end(child)

    def _tend(self, *, now: float) -> bool:
        """Looks after each program once; false when one crashes again and again."""
        for child in self._children:
            process = child.process
            if process is not None and process.poll() is not None:
                if not self._note_crash(child, process.returncode, now=now):
                    return False
            if child.due is not None and now >= child.due:
                self._start(child, now=now)
        return True

    def _start(self, child: _Child, *, now: float) -> None:
        try:
            child.start(now=now)
        except OSError as error:
            child.due = None
            self._log.error("program_missing", program=child.program.name, reason=str(error))
            raise
        if child.process is not None:
            self._log.info("program_started", program=child.program.name, pid=child.process.pid)

    def _note_crash(self, child: _Child, code: int, *, now: float) -> bool:
        # Whatever the program left behind in its group would hold its port.
        child.send(signal.SIGKILL)
        child.process = None
        child.crashes = 1 if now - child.started > self._patience.steady_seconds else child.crashes + 1
        name = child.program.name
        if child.crashes >= self._patience.most_crashes:
            self._log.error("program_given_up", program=name, code=code, crashes=child.crashes)
            return False
        pause = self._patience.before_restart(child.crashes)
        child.due = now + pause
        self._log.warning("program_ended", program=name, code=code, crashes=child.crashes, restart_in=pause)
        return True

    def _sleep(self, wake: int) -> None:
        now = time.monotonic()
        dues = [child.due for child in self._children if child.due is not None]
        pause = min((max(due - now, 0.0) for due in dues), default=_IDLE_SECONDS)
        if select.select([wake], [], [], pause)[0]:
            os.read(wake, 1024)

    def _end(self, child: _Child) -> None:
        process = child.process
        if process is None:
            return
        child.send(signal.SIGTERM)
        end = time.monotonic() + self._patience.stop_seconds
        while process.poll() is None and time.monotonic() < end:
            time.sleep(_POLL_SECONDS)
        if process.poll() is None:
            self._log.warning("program_killed", program=child.program.name, pid=process.pid)
        child.send(signal.SIGKILL)
        process.wait()
        self._log.info("program_stopped", program=child.program.name, code=process.returncode)

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
