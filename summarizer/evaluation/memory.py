"""The memory that the process held at its peak."""

from __future__ import annotations

import sys
from pathlib import Path


def peak_memory() -> float | None:
    """MiB at the peak since the process began; None where the system does not tell.

    Linux is asked for the peak of this program: what `getrusage` says there may be that of the one that started it.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
