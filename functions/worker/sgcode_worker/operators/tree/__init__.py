"""What is known of a LibCST tree, computed faster than LibCST's own providers do."""
