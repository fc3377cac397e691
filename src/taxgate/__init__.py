"""Tells a registration office whether it may complete a registration as far as tax is concerned."""
