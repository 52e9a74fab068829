"""What supports each figure and how sure it is therefore: places, mentions, arithmetic, and a table that makes grades of them."""
