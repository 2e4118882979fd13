"""Take files in from a browser and import them while the page stays usable: uploads, work, what was seen.

Nothing here knows a screen; the state of all of it lies on the disk, where every worker finds it.
"""
