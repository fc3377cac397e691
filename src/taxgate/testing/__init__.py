"""What tests of sources need, for this package and for whoever writes a source of their own."""
