"""The supervisor's view of a team: figures with the tasks behind each of them, and giving tasks to somebody else."""
