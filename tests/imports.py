"""The imports of the three packages, read from the source: for tests/test_layers.py and for `python -m tests.imports`."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = ("parsers", "archive", "ingest")  # lowest first; each may import itself and what stands before it

Graph = Mapping[str, frozenset[str]]


def sources() -> dict[str, Path]:
    """Module name → file, for every module of the three packages."""
    found = {}
    for layer in LAYERS:
        for path in sorted((ROOT / layer).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(module: str, tree: ast.AST, *, package: bool = False, known: Container[str] = ()) -> Iterator[str]:
    """Dotted names that a module imports, wherever in it, as absolute names: `from .a import b` gives both x.a.b and x.a.

    Where all that is taken from x.a are modules that are `known`, x.a itself is only the way there, and is left out.

    >>> list(imported("parsers.page", ast.parse("from .model import Capture")))
    ['parsers.model.Capture', 'parsers.model']
    """
    home = module.split(".") if package else module.split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = home[: len(home) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names = [f"{base}.{alias.name}" for alias in node.names]
            yield from names
            if not all(name in known for name in names):
                yield base


class _RunTime(ast.NodeTransformer):
    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        """What stands under `if TYPE_CHECKING:` is never run."""
        return node.orelse if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" else node


def run_time(path: Path) -> ast.Module:
    """A module's tree, without what only a type checker reads."""
    tree = ast.parse(path.read_bytes())
    _RunTime().visit(tree)
    return tree


def graph(modules: Mapping[str, Path], read: Callable[[Path], ast.Module] | None = None) -> Graph:
    """Module → the modules of ours that it imports. Importing a package's name counts as importing that package."""
    known = {}
    for module, path in modules.items():
        names = imported(module, read(path) if read else ast.parse(path.read_bytes()), package=path.name == "__init__.py", known=modules)
        known[module] = frozenset(name for name in names if name in modules and name != module)
    return known


def circles(imports: Graph) -> list[tuple[str, ...]]:
    """Groups of modules that import one another, smallest first: the strongly connected parts with more than one member."""
    reach = {module: _reached(module, imports) for module in imports}
    groups = {tuple(sorted(other for other in reach[module] if module in reach[other])) for module in imports}
    return sorted((group for group in groups if group), key=len)


def _reached(start: str, imports: Graph) -> set[str]:
    seen: set[str] = set()
    todo = list(imports[start])
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo.extend(imports[module])
    return seen


def floors(imports: Graph) -> list[list[str]]:
    """Modules by height: a module stands one above the highest that it imports. Wants a graph without circles."""
    height: dict[str, int] = {}

    def of(module: str) -> int:
        if module not in height:
            height[module] = 1 + max((of(other) for other in imports[module]), default=-1)
        return height[module]

    for module in imports:
        of(module)
    return [sorted(m for m, h in height.items() if h == floor) for floor in range(max(height.values()) + 1)]


def main() -> None:
    """Print the picture: each module imports only from the rows below its own."""
    imports = graph(sources())
    if found := circles(imports):
        sys.exit(f"These import one another in a circle: {found}")
    for number, floor in reversed(list(enumerate(floors(imports)))):
        for layer in reversed(LAYERS):
            names = [name for name in floor if name.split(".")[0] == layer]
            if names:
                print(f"{number:>3}  {layer:<8} {'  '.join(name.removeprefix(layer + '.') for name in names)}")


if __name__ == "__main__":
    main()
