"""The barcode in a picture, by zxing-cpp (QR, Data Matrix, EAN, Code 128 …)."""

from __future__ import annotations

import zxingcpp
from PySide6.QtGui import QImage


def barcode_in(picture: QImage) -> str:
    """Its text; "" where there is none. Any thread."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    width, height = grey.width(), grey.height()
    lines = memoryview(grey.constBits()).cast("B")
    step = grey.bytesPerLine()
    packed = b"".join(lines[top * step : top * step + width] for top in range(height))
    found = zxingcpp.read_barcodes(memoryview(packed).cast("B", (height, width)))
    return next((one.text for one in found if one.text), "")
