"""Who may come in: accounts, passwords, devices and their tokens; what a person may then do is the domain's."""
