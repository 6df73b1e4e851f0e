"""Running a whole process once: wall time from start to end, processor time and peak memory."""

import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple


class Run(NamedTuple):
    seconds: float
    cpu_seconds: float
    peak_mb: float  # 10^6 bytes; see own_peak_mb
    status: int
    printed: str
    complaint: str  # the last line on stderr


def own_peak_mb() -> float:
    """A child's ru_maxrss starts from ours (the kernel keeps it over exec), so smaller values are
    not told apart."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def run_once(command: list[str], limit_s: float = 600.0) -> Run:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        status, usage = wait_for(child, limit_s)
        seconds = time.perf_counter() - begin
        out.seek(0)
        err.seek(0)
        lines = err.read().decode(errors="replace").strip().splitlines()
        return Run(
            seconds,
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024 / 1e6,
            status,
            out.read().decode(errors="replace"),
            lines[-1] if lines else "",
        )


def wait_for(child: subprocess.Popen, limit_s: float) -> tuple[int, resource.struct_rusage]:
    """wait4 gives the usage of this one child, which Popen.wait would throw away. It blocks, since
    polling would round short runs up; the timer ends a run that hangs."""
    timer = threading.Timer(limit_s, os.kill, (child.pid, signal.SIGKILL))
    timer.start()
    _, wait_status, usage = os.wait4(child.pid, 0)
    timer.cancel()
    child.returncode = os.waitstatus_to_exitcode(wait_status)
    return child.returncode, usage


def control_seconds(program: Path, threads: int) -> float:
    """The compute-only control; it times itself, without the process around it."""
    done = subprocess.run([str(program), str(threads)], capture_output=True, text=True, check=True)
    return float(done.stdout)
