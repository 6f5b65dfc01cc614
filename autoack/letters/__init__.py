"""What people read: templates per language, names and greetings, times in words, and the mails built of them."""
