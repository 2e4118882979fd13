"""The screens, one package each: layout, ids and callbacks."""
