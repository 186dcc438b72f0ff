"""Other people's formats: bytes in, values out, and back."""
