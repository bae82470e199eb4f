"""The administrator's forms room: forms and their versions, import with its checks, preview, what changed, export."""
