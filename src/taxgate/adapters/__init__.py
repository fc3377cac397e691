"""Sources that answer inquiries; they never import checks."""
