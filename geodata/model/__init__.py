"""The data set: territory, figures with their sources, checks, and what is derived from them."""

from geodata.model import dataset, derived, holdings, sensitivity, travel, variants
from geodata.model.dataset import (
    DEFAULT,
    SECTORS,
    Dataset,
    DatasetError,
    Provenance,
    default,
    load,
    shipped_entry,
)
from geodata.model.holdings import (
    Gap,
)
from geodata.model.interventions import KINDS as PROJECT_KINDS
from geodata.model.interventions import Intervention
from geodata.model.layers import CATEGORY, COVERS, LABEL, LINES, POINTS, POLYGONS, SHAPES, OwnLayer
from geodata.model.rivers import River
from geodata.model.tables import (
    DESCRIPTOR,
    LAYER,
)
from geodata.model.territory import (
    EARTH_RADIUS_KM,
    SEAT_SUFFIX,
    Territory,
    UnknownUbigeo,
)

__all__ = [
    "CATEGORY",
    "COVERS",
    "DEFAULT",
    "DESCRIPTOR",
    "Dataset",
    "DatasetError",
    "EARTH_RADIUS_KM",
    "Gap",
    "Intervention",
    "PROJECT_KINDS",
    "LABEL",
    "LAYER",
    "LINES",
    "OwnLayer",
    "POINTS",
    "POLYGONS",
    "Provenance",
    "River",
    "SEAT_SUFFIX",
    "SECTORS",
    "SHAPES",
    "Territory",
    "UnknownUbigeo",
    "dataset",
    "default",
    "derived",
    "holdings",
    "load",
    "sensitivity",
    "shipped_entry",
    "travel",
    "variants",
]
