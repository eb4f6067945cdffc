"""The map of the house, read from its imports: who may import whom."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from jumper_app.channels import CHANNELS
from jumper_app.settings import ROOT

APP = ROOT / "jumper_app"

GROUND = {"settings", "errors", "clock", "lately", "models"}
"""What anyone may import."""

BUSINESS = {"channels", "people", "db", "live"}

MAY_IMPORT = {
    "settings": {"errors"},
    "errors": set[str](),
    "clock": {"settings", "errors"},
    "lately": set[str](),
    "turnstile": set[str](),
    "models": {"clock", "errors"},
    "live": GROUND,
    "fetching": {"errors"},
    "channels": GROUND,
    "db": GROUND | {"live", "turnstile"},
    "people": GROUND | {"db", "live"},
    "conversations": GROUND | BUSINESS,
    "bots": GROUND | BUSINESS | {"conversations"},
    "work": GROUND | BUSINESS - {"people"} | {"conversations", "bots"},
    "web": GROUND | BUSINESS | {"conversations", "bots", "fetching"},
    "panel": GROUND | BUSINESS | {"conversations", "bots"},
    "simulator": GROUND | {"channels", "panel.theme", "panel.pieces", "panel.access"},
}

ENTRANCES = {"jumper_app", "__main__", "__init__", "start", "welcome", "demo", "service"}
"""Where the house is put together; these may import everything."""

PANEL_COMMON = {"theme", "pieces", "words", "client"}
"""What every view of the panel may import besides its own room."""

MAX_FILE_LINES = 300
LONG_LISTS = {"panel.words"}
"""Lists that belong together however long: the one file of wording."""

MAX_FUNCTION_LINES = 25
"""Without the docstring and the decorators."""


@dataclass(frozen=True)
class Module:
    """A source file of the app."""

    path: Path

    @property
    def parts(self) -> tuple[str, ...]:
        """Its dotted name inside ``jumper_app``."""
        parts = self.path.relative_to(APP).with_suffix("").parts
        return parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts

    @property
    def package(self) -> tuple[str, ...]:
        """What a relative import starts from."""
        return self.path.relative_to(APP).parent.parts

    @property
    def tree(self) -> ast.Module:
        return _parse(self.path)

    def imports(self) -> Iterator[tuple[str, ...]]:
        """The dotted names inside ``jumper_app`` that it imports, wherever it does."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                yield from self._named_by(node)
            elif isinstance(node, ast.Import):
                names = (alias.name.split(".") for alias in node.names)
                yield from (tuple(name[1:]) for name in names if name[0] == "jumper_app")

    def _named_by(self, node: ast.ImportFrom) -> Iterator[tuple[str, ...]]:
        named = tuple(node.module.split(".")) if node.module else ()
        if node.level:
            base = self.package[: len(self.package) - node.level + 1] + named
        elif named[:1] == ("jumper_app",):
            base = named[1:]
        else:
            return
        yield from ((*base, alias.name) for alias in node.names)


@cache
def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def modules() -> list[Module]:
    return [Module(path) for path in sorted(APP.rglob("*.py"))]


def name_of(module: Module) -> str:
    return ".".join(module.parts)


def is_allowed(imported: tuple[str, ...], allowed: set[str]) -> bool:
    return imported[0] in allowed or ".".join(imported[:2]) in allowed


def test_every_floor_has_a_rule():
    floors = {module.parts[0] for module in modules()}
    assert floors - MAY_IMPORT.keys() - ENTRANCES == set()


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_nobody_imports_upwards(floor: str):
    wrong = [
        f"{name_of(module)} imports {'.'.join(imported)}"
        for module in modules()
        if module.parts[0] == floor
        for imported in module.imports()
        if imported[0] != floor and not is_allowed(imported, MAY_IMPORT[floor])
    ]
    assert not wrong, "\n".join(wrong)


def test_only_the_panel_and_what_is_shown_with_it_import_reflex():
    wrong = [
        name_of(module)
        for module in modules()
        if module.parts[0] not in {"panel", "simulator", "jumper_app", "start"}
        and "reflex" in {name.split(".")[0] for name in _outside_imports(module)}
    ]
    assert not wrong, "\n".join(wrong)


def test_a_view_of_the_panel_knows_its_own_room_and_the_common_pieces():
    wrong = [
        f"{name_of(module)} imports {'.'.join(imported)}"
        for module in modules()
        if module.parts[0] == "panel" and module.parts[-1].endswith("view")
        for imported in module.imports()
        if imported[0] == "panel" and imported[1] not in {module.parts[1], *PANEL_COMMON}
    ]
    assert not wrong, "\n".join(wrong)


def test_a_state_of_the_panel_never_imports_a_view():
    wrong = [
        f"{name_of(module)} imports {'.'.join(imported)}"
        for module in modules()
        if module.parts[0] == "panel" and module.parts[-1] == "state"
        for imported in module.imports()
        if any(part.endswith("view") for part in imported)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_channels_name_is_compared_in_its_own_room_only():
    wrong = [
        f"{name_of(module)}:{line}"
        for module in modules()
        if module.parts[0] != "channels"
        for line in _compared_names(module.tree)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "line",
    [
        'channel == "whatsapp"',
        '"whatsapp" != channel',
        'channel in ("whatsapp", "sms")',
        'rx.match(channel, ("whatsapp", a), b)',
        'match channel:\n    case "whatsapp":\n        pass',
    ],
)
def test_a_comparison_with_a_channels_name_would_be_seen(line: str):
    assert list(_compared_names(ast.parse(line)))


def test_settings_alone_reads_the_environment():
    readers = [
        name_of(module)
        for module in modules()
        if module.parts[0] not in {"settings", "start"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert not readers, "\n".join(readers)


def test_the_clock_alone_reads_the_time():
    readers = [
        f"{name_of(module)}:{node.lineno}"
        for module in modules()
        if module.parts[0] != "clock"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in _CLOCKS
    ]
    assert not readers, "\n".join(readers)


def test_no_file_is_longer_than_a_reader_bears():
    wrong = [
        f"{name_of(module)}: {lines} lines"
        for module in modules()
        if (lines := _lines(module.path)) > MAX_FILE_LINES and name_of(module) not in LONG_LISTS
    ]
    assert not wrong, "\n".join(wrong)


def test_no_function_is_longer_than_a_reader_believes():
    wrong = [
        f"{name_of(module)}.{node.name}: {length} lines"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (length := _length(node)) > MAX_FUNCTION_LINES
    ]
    assert not wrong, "\n".join(wrong)


_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.datetime.now", "time.time", "date.today"}


def _outside_imports(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _compared_names(tree: ast.AST) -> Iterator[int]:
    """The lines that compare something with a channel's name, in any of Python's ways.

    Meta's own field ``messaging_product`` holds the same word and means no channel of ours.
    """
    for node in ast.walk(tree):
        if any(_is_name(value) for value in _compared_values(node)):
            if "messaging_product" in ast.unparse(node):
                continue
            yield node.lineno  # pyright: ignore[reportAttributeAccessIssue]


def _compared_values(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for side in (node.left, *node.comparators):
            yield from side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
    elif isinstance(node, ast.MatchValue):
        yield node.value
    elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"rx.match", "match"}:
        yield from (case.elts[0] for case in node.args if isinstance(case, ast.Tuple))


def _is_name(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in CHANNELS


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0  # pyright: ignore[reportOptionalOperand]
