"""A real identity provider for the tests: its own Django process with allauth.idp.oidc."""
