"""The domain: candidates for clusters, their measures, rules, scores and comparison. Knows no screen.

What a notebook needs is handed out here; each room beside has a face of its own.
"""

from dashboard.clusters.model import from_labels, to_frame, to_libpysal
from dashboard.clusters.scoring import Terms, pool, pool_of

__all__ = ["Terms", "from_labels", "pool", "pool_of", "to_frame", "to_libpysal"]
