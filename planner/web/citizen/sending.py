"""Checking and sending."""
