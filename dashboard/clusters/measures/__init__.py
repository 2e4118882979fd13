"""What a candidate measures: people, gaps, conflicts, risk and place, and what is not known of them."""

from dashboard.clusters.measures.bounds import DistrictBounds, district_bounds, emergency_range
from dashboard.clusters.measures.concentration import concentrated
from dashboard.clusters.measures.kinds import PeopleMean, Total, census_and, of_resource
from dashboard.clusters.measures.measure import Figure, Measure
from dashboard.clusters.measures.measures import GROUPS, MEASURES, key_measures, measure_all, measure_groups, year_text
from dashboard.clusters.measures.missing import Sum, Unknowns, total, unknowns
from dashboard.clusters.measures.own_layers import measure_layers
from dashboard.clusters.measures.selection import EMERGENCIES, Selection

__all__ = [
    "DistrictBounds",
    "EMERGENCIES",
    "Figure",
    "GROUPS",
    "MEASURES",
    "Measure",
    "PeopleMean",
    "Selection",
    "Sum",
    "Total",
    "Unknowns",
    "census_and",
    "concentrated",
    "district_bounds",
    "emergency_range",
    "key_measures",
    "measure_all",
    "measure_groups",
    "measure_layers",
    "of_resource",
    "total",
    "unknowns",
    "year_text",
]
