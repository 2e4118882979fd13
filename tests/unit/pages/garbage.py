"""Make anything that JSON can say: what a damaged browser store or a hand-made request may hold."""

from hypothesis import strategies as st

scalars = st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=12))
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


def records(sound: dict[str, st.SearchStrategy]) -> st.SearchStrategy:
    """Make a record of which every field is sound, or garbage, or missing."""
    fields = {key: st.one_of(value, anything) for key, value in sound.items()}
    return st.fixed_dictionaries({}, optional=fields)
