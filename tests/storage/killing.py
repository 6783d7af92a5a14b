# SPDX-License-Identifier: Apache-2.0
"""Kill a writing process at random moments, again and again, and see what the vault still has.

Run as a program, so that the processes it forks inherit neither windows nor threads:

    python killing.py MODULE.py FOLDER ROUNDS SEED

``MODULE.py`` says what is written and how it is looked at:

    prepare(folder)                     make the vault
    write(folder, acknowledge)          write for ever, calling acknowledge(number) after each kept change
    inspect(folder) -> (set, list)      what is there, and what is wrong with it

The answer is one line of JSON: rounds, acknowledged, lost, wrong.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import select
import signal
import struct
import sys
import time
from pathlib import Path

_NUMBER = struct.Struct("<Q")
_LONGEST_SECONDS = 0.06


def loaded(path):
    specification = importlib.util.spec_from_file_location("written", path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def killed_while_writing(module, folder, seconds):
    """The numbers that a process acknowledged before it was killed, that long after its first one."""
    reader, writer = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        try:
            module.write(folder, lambda number: os.write(writer, _NUMBER.pack(number)))
        finally:
            os._exit(1)
    os.close(writer)
    acknowledged = os.read(reader, _NUMBER.size)
    if not acknowledged:
        raise RuntimeError("the writer ended before it was killed")
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            acknowledged += os.read(reader, _NUMBER.size * 512)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    while piece := os.read(reader, 65536):
        acknowledged += piece
    os.close(reader)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the writer ended before it was killed")
    return {number for (number,) in _NUMBER.iter_unpack(acknowledged)}


def main(path, folder, rounds, seed):
    module, folder, chance = loaded(path), Path(folder), random.Random(int(seed))  # noqa: S311 – repeatable on purpose
    module.prepare(folder)
    acknowledged, lost, wrong = set(), set(), []
    for _ in range(int(rounds)):
        acknowledged |= killed_while_writing(module, folder, chance.uniform(0, _LONGEST_SECONDS))
        found, faults = module.inspect(folder)
        lost |= acknowledged - found
        wrong += faults
    answer = {
        "rounds": int(rounds),
        "acknowledged": len(acknowledged),
        "lost": len(lost),
        "wrong": wrong[:20],
    }
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
