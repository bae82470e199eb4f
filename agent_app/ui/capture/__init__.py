"""Microphone, loudspeaker, camera and position of this computer, by Qt's add-on modules; forms are elsewhere."""
