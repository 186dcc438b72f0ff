"""Reviewing and deciding."""
