"""Known vulnerabilities of the locked dependencies, by pip-audit; where its database is out of reach, that is said aloud and is no failure.

    python .ci/audit.py PIP_AUDIT LOCKFILE...

pip-audit itself ends well when an index answers 404 to every question, as mirrors do: so what counts is how many packages it looked up.
"""

from __future__ import annotations

import json
import subprocess
import sys

NOT_CHECKED = "NOT CHECKED: known vulnerabilities of the dependencies"


def judge(output: str, errors: str) -> tuple[int, list[str]]:
    """The exit code (1 where a vulnerability is known) and what to say, by pip-audit's JSON and its messages."""
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = errors.strip().splitlines()[-1:] or ["pip-audit said nothing"]
        return 0, [f"{NOT_CHECKED}, since pip-audit cannot reach its database ({last[0].strip()})"]
    looked_up = [package for package in packages if "skip_reason" not in package]
    if not looked_up:
        reason = packages[0]["skip_reason"] if packages else "no package is locked"
        return 0, [f"{NOT_CHECKED}, since pip-audit's database answers for none of {len(packages)} packages ({reason})"]
    lines = [
        f"{package['name']} {package['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'no version yet'}"
        for package in looked_up
        for known in package["vulns"]
    ]
    found = len(lines)
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if skipped:
        lines.append(f"{NOT_CHECKED} {', '.join(skipped)}")
    return int(bool(found)), [*lines, f"{len(looked_up)} packages looked up, {found} known vulnerabilities"]


def main() -> int:
    """Ask pip-audit about each lock file."""
    worst = 0
    program, *locks = sys.argv[1:]
    for lock in locks:
        command = [program, "--requirement", lock, "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
            code, lines = judge(done.stdout, done.stderr)
        except subprocess.TimeoutExpired:
            code, lines = judge("", "no answer within ten minutes")
        worst = max(worst, code)
        for line in lines:
            print(f"{lock}: {line}")
    return worst


if __name__ == "__main__":
    sys.exit(main())
