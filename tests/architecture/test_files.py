"""Files are small, named for their subject, and say what lives in them."""

import ast
from pathlib import PurePath

from tests.architecture.sources import all_files, text, tree

MOST_LINES = 400
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {str(file): len(text(file).splitlines()) for file in all_files()}
    assert {file: lines for file, lines in lengths.items() if lines > MOST_LINES} == {}


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    assert [str(file) for file in all_files() if _words(file) & NAMES_THAT_SAY_NOTHING] == []


def test_every_module_says_in_one_sentence_what_lives_in_it() -> None:
    silent = [str(file) for file in all_files() if text(file).strip() and not ast.get_docstring(tree(file))]
    assert silent == []


def _words(file: PurePath) -> set[str]:
    return {word for part in file.parts for word in PurePath(part).stem.split("_")}
