"""Asking a server: which address, when, and what may come back."""
