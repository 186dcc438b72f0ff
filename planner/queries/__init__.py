"""What can be looked at: functions that only read, with the scope of the reader in the query."""
