"""What is known of the territory, and how it gets in: districts, figures, incidents and hazards.

Knows no map and no screen. Start at `territory` (the districts and who borders whom), then
`dataset` (the figures with their sources) and `derived` (what is computed from them).
"""
