"""What the exchange database and the decision log share: SQLAlchemy Core, and where databases are.

Needs the extra `database`; `import taxgate` does not load this package.
"""
