"""The rules of the programme, each in its module: whoever writes one more here, with `RULES`, has added a rule.

What else a rule takes are its parameters in `rules.toml` and its words (`rule.<key>`).
"""
