"""Where the programs are, and how to ask one whether it accepts what it is given."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "interop"
SCHEMA = ROOT / "schema"
HOSTILE = HERE / "hostile"

# A command, or the beginning of one.
Command = list[str | Path]

CLAIMBOOK = Path(os.environ["CLAIMBOOK"])
TOOLS = Path(os.environ["CLAIMBOOK_TOOLS"])


def python_program(tool: str, program: str | None = None) -> Path:
    """A program of a Python tool, which has the tool's own name unless told otherwise."""
    return TOOLS / f"venv-{tool}" / "bin" / (program or tool)


def npm_program(program: str) -> Path:
    """A program of an npm package."""
    return TOOLS / "npm" / "node_modules" / ".bin" / program


def run(
    *command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a program without colours, and gives what it printed and how it ended."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", "NO_COLOR": "1", **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def accepts(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """Runs a program that must accept what it is given, and gives what it printed."""
    done = run(*command, cwd=cwd, env=env)
    assert done.returncode == 0, f"{_shown(command)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def refuses(
    *command: str | Path, saying: str, cwd: Path = ROOT, env: Mapping[str, str] | None = None
) -> None:
    """Runs a program that must refuse what it is given, and for this reason."""
    done = run(*command, cwd=cwd, env=env)
    printed = done.stdout + done.stderr
    assert done.returncode != 0, f"{_shown(command)} accepts it:\n{printed}"
    assert saying in printed, f"{_shown(command)} does not say {saying!r}:\n{printed}"


def claimbook(*args: str | Path, cwd: Path = ROOT, may_find: bool = False) -> str:
    """Runs claimbook, which must find nothing unless it may."""
    done = run(CLAIMBOOK, *args, cwd=cwd)
    allowed = (0, 1) if may_find else (0,)
    assert done.returncode in allowed, f"claimbook {args}:\n{done.stdout}{done.stderr}"
    return done.stdout


def _shown(command: tuple[str | Path, ...]) -> str:
    words = [Path(command[0]).name, *(str(part) for part in command[1:])]
    return " ".join(words if len(words) < 9 else [*words[:8], "…"])
