"""Write outlines as SVG paths."""

import shapely
from shapely.geometry.base import BaseGeometry


def path(geometry: BaseGeometry) -> str:
    """Return the outline of a polygon or of several as the `d` of an SVG path, holes included."""
    pieces = []
    for polygon in shapely.get_parts(geometry):
        for ring in (polygon.exterior, *polygon.interiors):
            points = [f"{x:.1f},{y:.1f}" for x, y in ring.coords[:-1]]
            pieces.append(f"M{' '.join(points)}Z")
    return "".join(pieces)
