"""What a follow-up is: tables, verbs, rules and forms, written once and run on the desk and on the server."""
