"""Choosing files of this computer: which to take, where to put a copy. The system's own dialogs, never nested loops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget


class FileDialogs(Protocol):
    """What views know of these dialogs; tests pass a fake."""

    def choose(self, title: str, kinds: str, on_chosen: Callable[[Sequence[Path]], object]) -> None:
        """Ask for files; ``kinds`` is "words (*.a *.b)". Nothing is called when nobody chooses."""

    def save_as(self, title: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        """Ask where to put a file of this name."""


class SystemFileDialogs(QObject):
    """``FileDialogs`` over one widget's window. Main thread; one dialog at a time."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._on_files: Callable[[Sequence[Path]], object] | None = None
        self._on_target: Callable[[Path], object] | None = None

    def choose(self, title: str, kinds: str, on_chosen: Callable[[Sequence[Path]], object]) -> None:
        self._on_files = on_chosen
        dialog = QFileDialog(self._owner.window(), title, "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        self._open(dialog)

    def save_as(self, title: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        self._on_target = on_chosen
        dialog = QFileDialog(self._owner.window(), title, name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._target)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        if self._on_files is not None and names:
            self._on_files([Path(name) for name in names])

    @Slot(str)
    def _target(self, name: str) -> None:
        if self._on_target is not None and name:
            self._on_target(Path(name))
