"""The server's face to the network: application, routes, limits and logs; what they answer is decided below."""
