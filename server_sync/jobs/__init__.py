"""Work with a due time that outlives the process: the job table, the worker, and the kinds of jobs."""
