"""The one style sheet, made from tokens: only what Fusion and the palette cannot say about Qt's own widgets.

Widgets of the kit draw themselves; nothing here is addressed to a feature.
"""

from __future__ import annotations

from string import Template

from agent_app.ui.tokens import Colours, Sizes, Tone, hex_of

_SHEET = Template(
    """
QMainWindow, QDialog { background: $canvas; }
QAbstractScrollArea { background: transparent; border: 0; }
QAbstractItemView { background: transparent; border: 0; outline: 0; }
QListWidget[framed="true"] { background: $field; border: 1px solid $line; border-radius: ${radius}px; }
QListWidget[framed="true"]:focus { border-color: $accent; }
QToolTip { background: $tooltip; color: $tooltip_text; border: 0; padding: 4px 8px; font-size: ${small}pt; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
    background: $field; color: $text; border: 1px solid $line; border-radius: ${radius}px;
    selection-background-color: $select_text; selection-color: $text;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: ${inner}px; padding: 0 8px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $line_strong; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
    border: 2px solid $accent; padding-left: 7px; padding-right: 7px; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { min-height: ${focused}px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 3px; }
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] { border-color: $danger; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $faint; background: $canvas; }
QComboBox::drop-down, QDateTimeEdit::drop-down { border: 0; width: 24px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; outline: 0; padding: 4px; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
QMenu { background: $surface; border: 1px solid $line; border-radius: ${radius}px; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QTableView { gridline-color: transparent; }
QHeaderView { background: transparent; border: 0; }
QHeaderView::section {
    background: transparent; color: $soft; border: 0; border-bottom: 1px solid $line; padding: 0 8px;
    font-size: ${small}pt; }
QTableCornerButton::section { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:hover { background: $handle_hover; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:hover { background: $accent; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox:focus, QRadioButton:focus { color: $accent_ink; }
QProgressBar { background: $neutral_tint; border: 0; border-radius: 2px; max-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
"""
)


def style_sheet(c: Colours, sizes: Sizes, *, small_points: float) -> str:
    """The sheet for one scheme; type sizes are points, so that the system's text size is followed."""
    tooltip, tooltip_text = (c.line, c.text) if c.dark else (c.text, c.surface)
    return _SHEET.substitute(
        canvas=hex_of(c.canvas),
        surface=hex_of(c.surface),
        field=hex_of(c.canvas if c.dark else c.surface),
        line=hex_of(c.line),
        line_strong=hex_of(c.strong_line),
        text=hex_of(c.text),
        soft=hex_of(c.soft),
        faint=hex_of(c.faint),
        accent=hex_of(c.accent),
        accent_ink=hex_of(c.inks[Tone.ACCENT]),
        danger=hex_of(c.tones[Tone.DANGER]),
        selection=hex_of(c.selection),
        select_text=hex_of(c.text_selection),
        neutral_tint=hex_of(c.tints[Tone.NEUTRAL]),
        handle=hex_of(c.line),
        handle_hover=hex_of(c.strong_line),
        tooltip=hex_of(tooltip),
        tooltip_text=hex_of(tooltip_text),
        radius=sizes.radius,
        inner=sizes.control - 2,
        focused=sizes.control - 4,
        small=small_points,
    )
