"""What a run of the command depends on and what it leaves behind: nothing it was not given.

Part of `benchmarks.contract`: the same input in processes with different hash seeds, without a
network, and in empty folders that are compared before and after.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import command

HASH_SEEDS = ("0", "1", "4294967295")
INPUTS = ("days/clustmcms_days.jsonl", "mds/multiling2011_xx.jsonl", "sample/news-article.txt")
GOALS = {
    "inputs with other bytes in another process": 0,
    "inputs with other bytes without a network": 0,
    "files written beside the output": 0,
}
# As root and, where the system lets users have namespaces of their own, as anyone.
_NO_NETWORK = (("unshare", "-n"), ("unshare", "-rn"))


def measure(folder: str) -> dict[str, float | None]:
    """Return the counts over INPUTS; None where the system cannot take the network away."""
    paths = [Path(folder, name) for name in INPUTS]
    alone = next((way for way in _NO_NETWORK if command.is_possible([*way, "true"])), None)
    cut_off = None if alone is None else sum(_made(p, alone) != _made(p) for p in paths)
    seeds = sum(len({_made(p, hash_seed=seed) for seed in HASH_SEEDS}) != 1 for p in paths)
    counts = (seeds, cut_off, sum(map(n_left_behind, paths)))
    return dict(zip(GOALS, counts, strict=True))


def n_left_behind(path: Path) -> int:
    """Count files made, changed or removed in the home, temporary, cache and working folders."""
    with tempfile.TemporaryDirectory() as made:
        names = ("home", "tmp", "cache", "cwd")
        folders = {name: Path(made, name) for name in names}
        for folder in folders.values():
            folder.mkdir()
        output = Path(made, "out", "briefing.json")
        output.parent.mkdir()
        before = _snapshot(made)
        _run(
            [*command.SUMMARIZER, "brief", str(path), "-o", str(output)],
            {
                "HOME": str(folders["home"]),
                "TMPDIR": str(folders["tmp"]),
                "XDG_CACHE_HOME": str(folders["cache"]),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            folders["cwd"],
        )
        after = _snapshot(made)
        if not after.pop(str(output), 0):
            raise RuntimeError(f"{path.name}: no output was written")
    return len(before.items() ^ after.items())


def _made(path: Path, prefix: Sequence[str] = (), *, hash_seed: str = "0") -> bytes:
    brief = [*prefix, *command.SUMMARIZER, "brief", str(path), "--format", "json"]
    return _run(brief, {"PYTHONHASHSEED": hash_seed})


def _run(brief: Sequence[str], environment: dict[str, str], folder: Path | None = None) -> bytes:
    done = command.run(brief, environment=environment, folder=folder)
    if done.code:
        raise RuntimeError(done.stderr.decode(errors="replace").strip())
    return done.stdout


def _snapshot(folder: str) -> dict[str, int]:
    """Return the size of each file, and 0 for each folder below."""
    return {
        str(path): path.stat().st_size if path.is_file() else 0 for path in Path(folder).rglob("*")
    }
