"""The measures, a module a group: whoever writes one more here, with `MEASURES`, has added a measure.

What else a measure takes are its words (`measure.<key>.name` and `.help`, and `unit.<unit>` if the unit is new).
"""
