"""The postings."""
