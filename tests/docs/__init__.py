"""Every command, every answer and every piece of Python of the documentation is run."""
