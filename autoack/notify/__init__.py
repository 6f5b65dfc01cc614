"""Reaching people besides mail: channels."""
