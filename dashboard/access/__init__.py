"""Who may come in: one person on their own machine, or people with accounts who sign in."""
