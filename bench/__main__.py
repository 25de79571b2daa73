"""python -m bench lists the benchmarks; python -m bench NAME [options] runs one."""

from __future__ import annotations

import ast
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent


def benches() -> dict[str, str]:
    """Every module that can be run, and the first sentence of what it says of itself."""
    found = {}
    for path in sorted(HERE.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        if path.name != "__main__.py" and 'if __name__ == "__main__"' in source:
            found[path.stem] = (ast.get_docstring(ast.parse(source)) or "").splitlines()[0]
    return found


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in benches():
        for name, about in benches().items():
            print(f"  {name:<18} {about}")
        print("\npython -m bench NAME [options]; --help tells a bench's own.")
        sys.exit(len(sys.argv) > 1 and sys.argv[1] not in ("-h", "--help", "list"))
    sys.argv = [f"python -m bench {sys.argv[1]}", *sys.argv[2:]]
    runpy.run_module(f"bench.{Path(sys.argv[0].split()[-1]).name}", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
