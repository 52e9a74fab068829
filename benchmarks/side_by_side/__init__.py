"""ex99 beside other programs on the same exhibits and the same company; they live in an environment of their own."""
