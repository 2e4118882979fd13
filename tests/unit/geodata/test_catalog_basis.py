"""A catalogue of before it told on what an indicator rests still loads, and claims nothing of samples."""

import json
import shutil

import pandas as pd

from geodata.model import derived
from geodata.model.dataset import DEFAULT, load


def test_an_edition_without_a_basis_loads_and_says_nothing_of_samples(tmp_path):
    folder = tmp_path / "old"
    shutil.copytree(DEFAULT, folder)
    about = json.loads((folder / "dataset.json").read_text("utf-8"))
    entry = next(e for e in about["resources"] if e["name"] == "indicator_catalog")
    entry["fields"] = [rule for rule in entry["fields"] if rule["name"] != "basis"]
    (folder / "dataset.json").write_text(json.dumps(about), "utf-8")
    table = pd.read_csv(folder / entry["file"], dtype=str, keep_default_na=False)
    table.drop(columns="basis").to_csv(folder / entry["file"], index=False)
    dataset = load(folder)
    assert not any(derived.rests_on_sample(dataset, indicator) for indicator in dataset.catalog.index)
    assert derived.thin(dataset).any(axis=None), "the samples that are known are told as before"
