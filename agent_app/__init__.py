"""The desk: what an agent, a team leader or an administrator sees and works with."""

VERSION = "0.1.0"
