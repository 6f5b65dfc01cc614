"""The web pages: customers rate how it went, and whoever watches the service asks whether it is well."""
