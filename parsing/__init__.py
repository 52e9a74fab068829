"""Pure functions from an exhibit's bytes to a PressRelease."""
