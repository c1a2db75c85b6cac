"""The text of a query: read with its holes, judged, and written with placeholders."""
