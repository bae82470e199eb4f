"""The responses room: what was answered on a form as a table with filters, one response to read, export."""
