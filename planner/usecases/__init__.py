"""What a person can do here, one function each: load, ask the domain, write; all of it happens, or nothing."""
