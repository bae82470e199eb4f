"""Bugs put into the real code on purpose, by name, to prove that the simulator would find them."""

from tests.convergence.planted import at_desk, on_server
from tests.convergence.planted.plant import Plant

PLANTS: dict[str, Plant] = {one.name: one for one in (*at_desk.PLANTS, *on_server.PLANTS)}

__all__ = ["PLANTS", "Plant"]
