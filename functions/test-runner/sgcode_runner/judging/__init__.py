"""What runs outside the box and judges the bytes that came out of it."""
