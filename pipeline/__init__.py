"""Notes in, a narrated film out. Knows nothing of users, money, pages or databases."""
