"""The pages: each a function of the open archive and of what is asked, that gives data; templates show it."""
