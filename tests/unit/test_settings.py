"""Hold that settings are read from the environment, all faults told at once."""

import pytest

from dashboard.settings import PREFIX, Settings, SettingsError, read


def test_an_empty_environment_gives_the_defaults():
    assert read({}) == Settings()


def test_other_variables_are_left_alone():
    assert read({"PORT": "1", "HOST": "example", "CONGLOMERADO_PORT": "2"}) == Settings()


def test_every_setting_is_read_with_its_type(tmp_path):
    found = read(
        {
            f"{PREFIX}HOST": "0.0.0.0",
            f"{PREFIX}PORT": "9000",
            f"{PREFIX}DATA": str(tmp_path),
            f"{PREFIX}STORE": "/srv/editions",
            f"{PREFIX}SECRET_KEY": "a long secret",
            f"{PREFIX}PROXIES": "1",
            f"{PREFIX}CACHE": "NullCache",
            f"{PREFIX}CACHE_SECONDS": "60",
            f"{PREFIX}PLAN_SECONDS": "90",
            f"{PREFIX}RECORDS": "kept.sqlite",
            "DATABASE_URL": "postgresql://somewhere/record",
            "CACHE_REDIS_URL": "redis://somewhere/0",
        }
    )
    assert found == Settings(
        host="0.0.0.0", port=9000, data=str(tmp_path), store="/srv/editions", secret_key="a long secret",
        proxies=1, cache="NullCache", cache_seconds=60, plan_seconds=90, cache_redis="redis://somewhere/0",
        records="kept.sqlite", database="postgresql://somewhere/record",
    )  # fmt: skip
    assert found.data_folder == tmp_path


def test_no_folder_means_the_data_that_ship():
    assert read({f"{PREFIX}DATA": ""}).data_folder is None


def test_all_faults_are_told_at_once_and_named(tmp_path):
    missing = tmp_path / "nowhere"
    with pytest.raises(SettingsError) as told:
        read({
            f"{PREFIX}PORT": "many", f"{PREFIX}CACHE_SECONDS": "1.5", f"{PREFIX}DATA": str(missing),
            f"{PREFIX}PROXIES": "9", f"{PREFIX}PLAN_SECONDS": "-1",
        })  # fmt: skip
    assert len(told.value.faults) == 5
    for name in ("PORT", "CACHE_SECONDS", "DATA", "PROXIES"):
        assert any(fault.startswith(f"{PREFIX}{name}:") for fault in told.value.faults)


@pytest.mark.parametrize("port", ["0", "-1", "65536"])
def test_a_port_out_of_range_is_refused(port):
    with pytest.raises(SettingsError, match="between 1 and 65535"):
        read({f"{PREFIX}PORT": port})


def test_settings_do_not_change():
    with pytest.raises(AttributeError):
        Settings().port = 1


def test_the_record_is_a_file_unless_a_database_is_named():
    assert read({f"{PREFIX}RECORDS": "kept.sqlite"}).record_url == "sqlite:///kept.sqlite"
    assert read({"DATABASE_URL": "postgresql://somewhere/record"}).record_url == "postgresql://somewhere/record"
