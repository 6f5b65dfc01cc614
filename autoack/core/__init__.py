"""The decisions: values in, values out. No I/O, await, clock, logging or randomness."""
