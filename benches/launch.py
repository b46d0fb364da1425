"""Runs a program to its end and tells what it took, for the benches that set programs side by side.

A process begins with the peak memory of the one that started it, so a small process starts it and waits.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

LAUNCHER = """
import json, os, sys, time
started = time.monotonic()
_, status, usage = os.wait4(os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ), 0)
with open(sys.argv[1], "w") as taken:
    json.dump({"wall": time.monotonic() - started, "cpu": usage.ru_utime + usage.ru_stime,
               "peak": usage.ru_maxrss / 1024, "exit": os.waitstatus_to_exitcode(status)}, taken)
"""


def launch(command, *, cwd=None, env=None, stdout=None, stderr=None):
    """Wall and processor seconds, peak memory in MB, and exit code of a command. `env` goes beside what is set already."""
    with tempfile.TemporaryDirectory(prefix="beleg-bench-") as folder:
        taken = pathlib.Path(folder) / "taken.json"
        subprocess.run([sys.executable, "-I", "-S", "-c", LAUNCHER, taken, *command], cwd=cwd, stdout=stdout, stderr=stderr,
                       env={**os.environ, **(env or {})}, check=True)
        return json.loads(taken.read_text())
