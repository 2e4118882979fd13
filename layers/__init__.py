"""What a map can show: one module an overlay, with scales and legends shared.

Knows style values; reads no file, holds no callback and imports no dash.
"""
