"""What the image is made from keeps up with what the terminal needs: packages and drop-ins.

The package is put into the image by dpkg, which fetches nothing; and it is built in a root of its
own, where a library without its headers ends the build.
"""

import re
from pathlib import Path

from provisioning.acts import setting_up

_PACKAGING = Path("packaging")


def listed(name: str) -> set[str]:
    lines = (_PACKAGING / "image" / name).read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_the_image_has_whatever_the_terminals_package_depends_on() -> None:
    recipe = (_PACKAGING / "build_deb.sh").read_text()
    (depends,) = re.findall(r"home=opt/kiosk.*?depends=\"(.*?)\"", recipe, re.DOTALL)
    there = listed("system.list")
    lacking = [one for one in depends.split(",") if not {*one.replace("|", " ").split()} & there]
    assert not lacking


def test_every_header_that_a_build_needs_here_is_there_for_the_image_too() -> None:
    setup = (_PACKAGING / "setup.sh").read_text()
    headers = set(re.findall(r"\b[a-z0-9]+-dev\b", setup))
    assert headers >= {"libtss2-dev", "python3-dev"}
    assert headers <= listed("tools.list")


def test_what_provisioning_lends_to_units_stands_in_the_image_before_its_data_is_there() -> None:
    tree = _PACKAGING / "image/tree/usr/lib/systemd/system"
    for unit in setting_up.LENT_TO:
        assert (tree / f"{unit}.d/identity.conf").is_file()
    shipped = (tree / Path(setting_up.MACHINE_SIGNS).relative_to("etc/systemd/system")).read_text()
    assert shipped.partition("[Service]\n")[2] == setting_up.SIGNING.partition("[Service]\n")[2]


def test_the_image_tells_the_time_of_hong_kong() -> None:
    recipe = (_PACKAGING / "image/system.sh").read_text()
    zone = re.search(r"ln -sf \.\./usr/share/zoneinfo/(\S+) \"\$root/etc/localtime\"", recipe)
    assert zone is not None
    assert zone[1] == "Asia/Hong_Kong"
    assert "tzdata" in listed("system.list")
