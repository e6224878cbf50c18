"""One word, one meaning: no two classes of the package share a name."""

import ast
from collections import defaultdict

from conftest import ROOT


def test_class_names_are_unique_whether_private_or_not() -> None:
    homes = defaultdict(list)
    for file in sorted((ROOT / "src" / "ropa").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name.lstrip("_")].append(file.relative_to(ROOT).as_posix())
    shared = {name: files for name, files in homes.items() if len(files) > 1}
    assert shared == {}
