"""What a candidate measures: people, gaps, conflicts, risk and place, and what is not known of them."""

from dashboard.clusters.measures.bounds import (
    DistrictBounds,
    district_bounds,
    emergency_range,
)
from dashboard.clusters.measures.bulk import (
    FORMULAS,
    Stack,
    count_bits,
    measure_groups,
    stack_of,
    union_bits,
)
from dashboard.clusters.measures.measures import (
    CASE_STATES,
    GROUPS,
    MEASURES,
    Figure,
    Measure,
    measure_all,
    year_text,
)
from dashboard.clusters.measures.missing import EMERGENCIES, Sum, Unknowns, total, unknowns

__all__ = [
    "CASE_STATES",
    "DistrictBounds",
    "EMERGENCIES",
    "FORMULAS",
    "Figure",
    "GROUPS",
    "MEASURES",
    "Measure",
    "Stack",
    "Sum",
    "Unknowns",
    "count_bits",
    "district_bounds",
    "emergency_range",
    "measure_all",
    "measure_groups",
    "stack_of",
    "total",
    "union_bits",
    "unknowns",
    "year_text",
]
