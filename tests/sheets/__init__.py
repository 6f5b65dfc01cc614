"""Every letter in every language and situation, as pictures and as text: `make letters`."""
