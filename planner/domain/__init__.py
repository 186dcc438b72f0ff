"""The rules, as plain Python: values in, values or a refusal out; no table, clock or framework."""
