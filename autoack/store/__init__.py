"""What is kept: tables, and functions that each ask one question or write one thing inside a transaction."""
