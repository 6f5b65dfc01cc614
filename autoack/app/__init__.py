"""The composition root: settings become connections, flows and a daemon that stops in order."""
