"""Photos and sounds made ready to be kept: upright, no larger than asked, and looked at again."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from agent_app.actions.attachments import Made
from agent_app.ports import SOUND_RATE
from agent_app.ui.forms.pictures import photo, preview, recorded, taken
from agent_app.ui.forms.recorder import loudness
from tests.agent_app.ui.forms.devices import scene

EXIF_LEFT = bytes.fromhex(
    "ffe1002245786966 0000 4d4d002a 00000008 0001 0112 0003 00000001 0008 0000 00000000".replace(" ", "")
)
"""An Exif segment that says: the camera was held on its side (orientation 8)."""


def jpeg(image: QImage, exif: bytes = b"") -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"jpeg")).write(image)
    content = bytes(buffer.data().data())
    return content[:2] + exif + content[2:]


def size_of(made: Path | Made) -> tuple[int, int]:
    assert isinstance(made, Made)
    image = QImage.fromData(made.content)
    return image.width(), image.height()


def test_a_photo_that_is_upright_and_small_enough_stays_as_it_came(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(300, 200)))
    assert photo(file, 0) == file
    assert photo(file, 300) == file


def test_a_photo_is_turned_as_the_camera_was_held(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(300, 200), EXIF_LEFT))
    assert size_of(photo(file, 0)) == (200, 300)


@pytest.mark.parametrize(("most", "size"), [(150, (150, 100)), (299, (299, 199))])
def test_max_pixels_bounds_the_longer_edge(tmp_path: Path, most: int, size: tuple[int, int]) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(300, 200)))
    assert size_of(photo(file, most)) == size
    assert size_of(photo(Made("b.jpg", jpeg(scene(300, 200))), most)) == size
    assert size_of(taken(scene(300, 200), most)) == size


def test_max_pixels_bounds_a_turned_photo_too(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(jpeg(scene(300, 200), EXIF_LEFT))
    assert size_of(photo(file, 150)) == (100, 150)


def test_what_cannot_be_drawn_here_goes_on_as_it_came(tmp_path: Path) -> None:
    file = tmp_path / "a.heic"
    file.write_bytes(bytes.fromhex("00000018") + b"ftypheic....")
    assert photo(file, 100) == file


def test_a_sound_is_a_wav_whose_length_can_be_told() -> None:
    made = recorded(bytes(2 * SOUND_RATE * 3))
    assert made.content.startswith(b"RIFF")
    shown = preview(made.content, made.name)
    assert shown is not None
    assert (shown.length, shown.size) == (3_000, len(made.content))


def test_a_broken_sound_has_no_length_and_a_file_of_another_computer_no_preview() -> None:
    shown = preview(b"RIFF\0\0\0\0WAVE", "a.wav")
    assert shown is not None
    assert shown.length is None
    assert preview(None, "a.wav") is None


def test_the_picture_at_the_question_is_a_small_one() -> None:
    shown = preview(jpeg(scene(2000, 1000)), "a.jpg")
    assert shown is not None
    assert shown.picture is not None
    assert (shown.picture.width(), shown.picture.height()) == (480, 240)


def test_the_level_is_that_of_the_loudest_sample() -> None:
    assert loudness(b"") == 0
    assert loudness((16_384).to_bytes(2, "little", signed=True) * 3 + b"\1") == 0.5
    assert loudness((-32_768).to_bytes(2, "little", signed=True)) == 1
