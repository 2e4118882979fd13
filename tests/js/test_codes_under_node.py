"""Hold that the browser writes and reads codes of candidates as the server does."""

import random

import pytest

from dashboard.clusters.model import codes

LOAD = 'const { encode, decode } = await load("model/address");'
REFUSED = f"""{LOAD}
return given.map((code) => {{
  try {{ decode(code); }} catch (problem) {{ return problem[0]; }}
  return null;
}});"""


@pytest.fixture(scope="module")
def sets(territory):
    """Random sets of districts of every size, the same in every run."""
    chance = random.Random(2205)
    ubigeos = sorted(territory.districts)
    sizes = [0, 1, 1, 2, 3, 3, 5, 8, 20, 60, 237, 238] * 8
    return [sorted(chance.sample(ubigeos, size)) for size in sizes]


def test_the_browser_and_the_server_write_the_same_codes(run, sets):
    written = run(f"{LOAD} return given.map(encode);", sets)
    assert written == [codes.encode(us) for us in sets]


def test_a_code_rebuilds_its_candidate_in_the_browser(run, sets):
    read = run(f"{LOAD} return given.map(decode);", [codes.encode(us) for us in sets])
    assert read == sets


def test_the_browser_refuses_every_code_that_the_server_refuses(run, territory):
    good = codes.encode(["220501", "220505", "160101"])
    body, letter = good.split(".")
    wrong = [
        body, f"{body}.", f"{body}.Z", f"{body}.{'A' if letter != 'A' else 'B'}", f"{good}{letter}", f"x{good}",
        good.replace("2205", "2250"), good.replace("-", ""), "2205.A", "2205-1.A", "220501", "2205-01;DROP.A",
        "9999-01." + codes.check_letter("9999-01"), "2205-99." + codes.check_letter("2205-99"),
        "2205-0101." + codes.check_letter("2205-0101"), "2205-0501." + codes.check_letter("2205-0501"),
        "2205-05+1601-01." + codes.check_letter("2205-05+1601-01"), "٢٢٠٥-٠١.A", "null", "undefined",
    ]  # fmt: skip
    for digit in range(len(body)):
        if body[digit].isdigit():
            changed = body[:digit] + str((int(body[digit]) + 1) % 10) + body[digit + 1 :]
            wrong.append(f"{changed}.{letter}")
    refused = run(REFUSED, wrong)
    for code, problem in zip(wrong, refused, strict=True):
        with pytest.raises(codes.BadCode):
            codes.decode(code, territory)
        assert problem in ("bad_code", "bad_code_check", "unknown_ubigeo"), f"{code}: {problem}"


@pytest.mark.parametrize(
    "change",
    [str, str.lower, lambda code: f" {code} ".replace("-", " - "), lambda code: code.replace("+", " ")],
    ids=["as it is", "lower case", "spaced", "from an address"],
)
def test_the_browser_reads_a_code_as_people_write_it(run, territory, change):
    trio = {"160101", "220501", "220505"}
    code = change(codes.encode(trio))
    read = run(f"{LOAD} return decode(given);", code)
    assert set(read) == codes.decode(code, territory) == trio
