"""Plain addresses beside the screens: what is asked for without Dash."""
