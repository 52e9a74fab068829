"""Feed mutants to every reader for some minutes; each that ends otherwise than it may is reduced and kept.

Run it as `make fuzz` (MINUTES=60 for the nightly hour). What is found lands in .fuzz/TARGET/: mend the reader, then put the reduced
document, its words made up where a real one lay beneath, into tests/fuzzing/seeds/TARGET/, where the tests read it from then on.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
import sys
import time
import traceback
from pathlib import Path
from random import Random

from tests.fuzzing.mutating import mutate, pick, reduce
from tests.fuzzing.targets import TARGETS, Target, seeds

_FINDINGS = Path(".fuzz")
_PATIENCE = 20.0
"""Seconds of the processor within which every mutant must be read."""


def main() -> int:
    """Fuzz; the exit code is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=None, help="of the chance that makes the mutants")
    parser.add_argument("--target", choices=tuple(TARGETS), action="append", help="a reader; all of them where none is named")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else time.time_ns() % 10**9
    chance, made = Random(seed), seeds()
    names = options.target or list(TARGETS)
    signal.signal(signal.SIGVTALRM, _give_up)
    tried = dict.fromkeys(names, 0)
    found: dict[str, str] = {}
    end = time.monotonic() + 60 * options.minutes
    while time.monotonic() < end:
        for name in names:
            data = mutate(pick(made[name], chance), pick(made[name], chance), chance)
            tried[name] += 1
            fault = find_fault(TARGETS[name], data)
            if fault is not None and f"{name}: {fault}" not in found:
                found[f"{name}: {fault}"] = str(_keep(name, data, fault))
    print(f"seed {seed}: {sum(tried.values()):,} mutants ({', '.join(f'{name} {count:,}' for name, count in tried.items())})")  # noqa: T201
    for fault, path in found.items():
        print(f"FOUND {fault}\n  {path}")  # noqa: T201
    print(f"{len(found)} findings")  # noqa: T201
    return 1 if found else 0


def find_fault(target: Target, data: bytes) -> str | None:
    """The place and kind of the error that a reader should not raise, "takes too long", or None."""
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    try:
        target.read(data)
    except target.errors:
        return None
    except TimeoutError:
        return "takes too long"
    except Exception as error:  # noqa: BLE001 - any other error is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} in {Path(frame.filename).name} line {frame.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return None


def _give_up(*_: object) -> None:
    raise TimeoutError


def _keep(name: str, data: bytes, fault: str) -> Path:
    """Write the reduced mutant; one that takes too long is kept as it is."""
    if fault != "takes too long":
        data = reduce(data, lambda smaller: find_fault(TARGETS[name], smaller) == fault)
    folder = _FINDINGS / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / hashlib.sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    return path


if __name__ == "__main__":
    sys.exit(main())
