"""Which device stands where is kept, shown and searched for, and an exchange is noticed."""

import re

import pytest

from fleet.access.roles import Role
from fleet.console.sentences import in_language
from fleet.ingest.rows import Told, rows
from fleet.selection import selects
from fleet.store.database import Database
from fleet.store.fittings import Fitting, Fittings, Swap
from fleet.store.keeping import Keeping
from fleet.swapped import TOLD_S, said
from tests.support.console import NOW, Desk, somebody
from tests.support.readings import check_in
from wire.devices import Fitted, Place, Report
from wire.screen import Language

ACR = "072f:223b ACR1252 Dual Reader"
OTHER = "076b:3031 OMNIKEY 3x21"


def report(*devices: Fitted) -> Report:
    return Report(devices)


def reader(serial: str | None, model: str = ACR) -> Report:
    return report(Fitted(Place.READER, model, serial))


def test_the_first_device_in_a_place_is_no_exchange(database: Database) -> None:
    kept = Fittings(database)
    kept.told(1, reader("RR1"), now=100)
    kept.told(1, reader("RR1"), now=200)
    assert kept.since(0) == {1: {Place.READER: Fitting(ACR, "RR1", 100)}}
    assert kept.swaps_of(1) == []


@pytest.mark.parametrize(
    ("then", "model", "serial"),
    [(reader("RR2"), ACR, "RR2"), (reader("RR1", OTHER), OTHER, "RR1"), (reader(None), ACR, "")],
    ids=["serial", "model", "none"],
)
def test_another_device_is_an_exchange(
    database: Database, then: Report, model: str, serial: str
) -> None:
    kept = Fittings(database)
    kept.told(1, reader("RR1"), now=100)
    kept.told(2, reader("RR9"), now=100)
    kept.told(1, then, now=200)
    (swap,) = kept.swaps_of(1)
    assert swap == Swap(
        terminal=1,
        place=Place.READER,
        at=200,
        model=model,
        serial=serial,
        model_before=ACR,
        serial_before="RR1",
    )
    assert kept.since(200) == {1: {Place.READER: Fitting(model, serial, 200)}}
    assert kept.swaps_of(2) == []
    assert [one.terminal for one in kept.swapped(since=200)] == [1]
    assert kept.swapped(since=201) == []


def test_a_device_that_is_unplugged_and_comes_back_is_the_same(database: Database) -> None:
    kept = Fittings(database)
    for told in (reader("RR1"), report(), reader("RR1")):
        kept.told(1, told, now=100)
    assert kept.swaps_of(1) == []
    kept.told(1, report(), now=200)
    kept.told(1, reader("RR2"), now=300)
    assert len(kept.swaps_of(1)) == 1


def test_a_device_that_changes_its_number_all_day_fills_no_disk(database: Database) -> None:
    kept = Fittings(database)
    for number in range(105):
        kept.told(1, reader(f"RR{number}"), now=number)
    swaps = kept.swaps_of(1)
    assert len(swaps) == 100
    assert swaps[0].serial == "RR104"


def tell(desk: Desk, terminal: int, told: Report) -> None:
    Fittings(desk.database).told(terminal, told, now=int(desk.now))
    desk.service.watch.look(desk.now)


def open_alerts(desk: Desk) -> list[tuple[str, str, bool]]:
    rows = desk.service.book.open(now=int(desk.now))
    return [(row["rule"], row["sentence"], row["security"]) for row in rows]


def test_an_exchange_is_a_matter_of_security_for_a_week(desk: Desk) -> None:
    tell(desk, 1, reader("RR1"))
    assert open_alerts(desk) == []
    desk.now += 60
    tell(desk, 1, reader("RR2"))
    sentence = "terminal-1: the card reader was exchanged: RR2 instead of RR1"
    assert open_alerts(desk) == [("device.swapped", sentence, True)]
    desk.now += TOLD_S + 1
    desk.service.watch.look(desk.now)
    assert open_alerts(desk) == []


def test_several_exchanges_at_one_terminal_are_one_matter(desk: Desk) -> None:
    camera = Fitted(Place.FACE_CAMERA, "046d:085e", None)
    tell(desk, 1, report(*reader("RR1").devices, camera))
    other = Fitted(Place.FACE_CAMERA, "046d:0001", None)
    tell(desk, 1, report(*reader("RR1").devices, other))
    assert open_alerts(desk)[0][1] == (
        "terminal-1: the face camera was exchanged: 046d:0001 instead of 046d:085e"
    )
    tell(desk, 1, report(*reader("RR2").devices, other))
    ((_, sentence, _),) = open_alerts(desk)
    assert sentence == "terminal-1: 2 devices were exchanged within 7 days"


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("language", [Language.ZH_HK, Language.ZH_CN])
def test_every_exchange_is_said_in_chinese(place: Place, language: Language) -> None:
    def swap(where: Place) -> Swap:
        return Swap(
            terminal=1,
            place=where,
            at=1,
            model=ACR,
            serial="N2",
            model_before=ACR,
            serial_before="N1",
        )

    for swaps in ([swap(place)], [swap(one) for one in Place]):
        spoken = in_language(f"terminal-1: {said(swaps)}", language)
        assert spoken.startswith("terminal-1\uff1a"), spoken
        assert not re.search(r"[a-z]{3,}", spoken.removeprefix("terminal-1")), spoken


def test_terminals_are_selected_by_the_number_of_a_device() -> None:
    labels = {"name": "terminal-1", "serial": "RR412-0001 8A41"}
    assert selects("serial:rr412-0001", labels)
    assert selects("8a41", labels)
    assert not selects("serial:rr412", labels)
    assert not selects("-serial:8A41", labels)
    assert not selects("serial:8a41", {"name": "terminal-2"})


def test_terminals_are_selected_by_the_version_they_told_of(desk: Desk) -> None:
    Keeping(desk.database).keep(rows([Told(1, check_in(), int(desk.now))]))
    desk.service.watch.look(desk.now)
    browser = desk.browser(somebody(Role.VIEWER))
    items = browser.get("/api/v1/terminals?q=version:0.1.0").json()["items"]
    assert [(one["name"], one["version"]) for one in items] == [("terminal-1", "0.1.0")]
    others = browser.get("/api/v1/terminals?q=-version:0.1.0").json()["items"]
    assert [one["version"] for one in others] == [None] * 3


def test_devices_are_on_the_page_in_the_list_and_in_what_is_taken_away(desk: Desk) -> None:
    tell(desk, 1, reader("RR<1>"))
    tell(desk, 1, reader("RR<2>"))
    browser = desk.browser(somebody(Role.OPERATOR))
    page = browser.get("/terminals/terminal-1").text
    assert "ACR1252 Dual Reader" in page
    assert "<code>RR&lt;2&gt;</code>" in page
    assert "<code>RR&lt;1&gt;</code>" in page
    found = browser.get("/terminals?q=serial:rr<2>").text
    assert re.findall(r'href="/terminals/(terminal-\d)"', found) == ["terminal-1"]
    lines = browser.get("/terminals.csv").text.splitlines()
    head, rows = lines[0].split(","), [line.split(",") for line in lines[1:]]
    places = {row[head.index("name")]: row[head.index("reader_serial")] for row in rows}
    assert places == {"terminal-1": "RR<2>"} | {f"terminal-{n}": "" for n in (2, 3, 4)}
    (item,) = browser.get("/api/v1/terminals?q=serial:rr<2>").json()["items"]
    device = {"place": "reader", "model": ACR, "serial": "RR<2>", "since": NOW}
    assert item["devices"] == [device]
    assert browser.get("/api/v1/terminals/terminal-1").json()["devices"] == [device]
    assert browser.get("/api/v1/terminals/terminal-2").json()["devices"] == []


def test_a_terminal_that_told_nothing_says_so(desk: Desk) -> None:
    page = desk.browser(somebody(Role.VIEWER)).get("/terminals/terminal-2?lang=en").text
    assert "has not told which devices it has" in page


def test_a_device_elsewhere_is_nobodys_business(desk: Desk) -> None:
    tell(desk, 1, reader("RR1"))
    tell(desk, 2, reader("RR2"))
    browser = desk.browser(somebody(Role.OPERATOR, "district:sha_tin"))
    assert "RR1" not in browser.get("/terminals.csv").text
    assert browser.get("/api/v1/terminals?q=serial:rr1").json()["items"] == []
    assert browser.get("/terminals/terminal-1").status_code == 404
