"""The computer says numbers, and nothing where it says nothing."""

from pathlib import Path

from kiosk.sync.host import measure


def tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def test_what_the_kernel_says_is_read(tmp_path: Path) -> None:
    root = tree(
        tmp_path,
        {
            "proc/uptime": "12345.67 23456.78\n",
            "proc/meminfo": "MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable: 250 kB\n",
            "sys/class/thermal/thermal_zone0/temp": "41500\n",
            "sys/class/thermal/thermal_zone1/temp": "63000\n",
            "sys/class/thermal/thermal_zone2/temp": "-274000\n",
            "etc/debian_version": "12.11\n",
        },
    )
    host = measure(tmp_path, clock_offset_ms=3, round_trip_ms=20, certificate_days=9, root=root)
    assert (host.uptime_s, host.memory_free, host.temperature_c) == (12345, 0.25, 63.0)
    assert (host.clock_offset_ms, host.round_trip_ms, host.certificate_days) == (3, 20, 9)
    assert host.os_version == (12, 11)
    assert host.version is not None
    assert host.disk_free is not None
    assert 0 <= host.disk_free <= 1


def test_what_it_does_not_say_is_none_and_not_nought(tmp_path: Path) -> None:
    root = tree(
        tmp_path, {"proc/uptime": "soon", "proc/meminfo": "", "etc/debian_version": "trixie/sid"}
    )
    host = measure(
        tmp_path / "gone",
        clock_offset_ms=None,
        round_trip_ms=None,
        certificate_days=None,
        root=root,
    )
    assert (host.uptime_s, host.memory_free, host.disk_free) == (None, None, None)
    assert (host.temperature_c, host.os_version) == (None, None)
