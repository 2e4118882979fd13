"""Cut the lands anew: `python -m layers.surroundings countries-50m.json`, the file of npm's world-atlas."""

import sys
from pathlib import Path

import orjson

from layers.surroundings import FILE
from layers.surroundings.cutting import cut


def main(source: Path) -> None:
    """Write the lands of a TopoJSON of countries where the maps read them."""
    FILE.write_bytes(orjson.dumps(cut(orjson.loads(source.read_bytes()))) + b"\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
