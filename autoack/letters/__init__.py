"""What people read: templates by language, names and greetings, times in words, and mails made of them."""
