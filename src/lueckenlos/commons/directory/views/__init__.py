"""Guard, then form or selector, then service, then response."""
