"""坐席状态: choosing what one is doing (F7); the server and the supervisor read it from the store."""
