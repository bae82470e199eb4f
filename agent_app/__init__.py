"""The desk: what an agent, a team leader or an administrator sees and works with."""
