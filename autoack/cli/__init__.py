"""The commands: thin; each calls the app, a flow or the core, and prints."""
