# SPDX-License-Identifier: Apache-2.0
"""Start many processes against one vault at the same moment, and say who got it.

python starting.py FOLDER COUNT
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from optout_desktop.domain.errors import VaultInUse
from tests.storage import notebook


def contender(folder, start, done, answers):
    os.read(start, 1)
    try:
        vault = notebook.reopen(folder)
    except VaultInUse as error:
        os.write(answers, f"refused {os.getpid()} {error.process}\n".encode())
        os.read(done, 1)
    else:
        os.write(answers, f"owner {os.getpid()} {os.getpid()}\n".encode())
        os.read(done, 1)
        vault.close()


def main(folder, count):
    (start_read, start), (done_read, done), (answers_read, answers) = os.pipe(), os.pipe(), os.pipe()
    processes = []
    for _ in range(count):
        process = os.fork()
        if process == 0:
            # Waiting for the end of the pipe: all start when the parent shuts it.
            os.close(start)
            os.close(done)
            try:
                contender(folder, start_read, done_read, answers)
            finally:
                os._exit(0)
        processes.append(process)
    os.close(answers)
    os.close(start)
    lines = []
    with os.fdopen(answers_read) as stream:
        while len(lines) < count and (line := stream.readline()):
            lines.append(line.split())
        os.close(done)
    for process in processes:
        os.waitpid(process, 0)
    sys.stdout.write(json.dumps(lines) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
