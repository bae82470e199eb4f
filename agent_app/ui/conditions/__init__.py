"""Building a condition tree on the screen: its lines, what may be done with them, its words and its widgets; which
customers it holds for is the domain's affair, and the server's to count."""
