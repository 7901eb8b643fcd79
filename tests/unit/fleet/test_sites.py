"""Sites are shown to whoever looks after them, and kept true by whoever may."""

import pytest

from fleet.access.roles import Role
from fleet.health.hours import Hours
from fleet.store.database import Database
from fleet.store.sites import BadSite, Sites
from tests.support.console import Desk, people_of, somebody

FORM = {
    "name_en": "Sha Tin <Library>",
    "name_zh": "沙田圖書館",
    "district": "sai_kung",
    "opens": "09:30",
    "closes": "00:00",
    "days": "1237",
    "contact": "the counter, 1234 5678",
    "notes": "key at the guard",
}
PATH = "/sites/site-sha_tin"


def test_a_site_is_changed_whole_or_not_at_all(database: Database) -> None:
    desk = Desk(database, people_of(database))
    kept = Sites(database)
    assert kept.save("site-sha_tin", FORM)
    assert not kept.save("nowhere", FORM)
    site = {one.id: one for one in kept.all()}["site-sha_tin"]
    assert (site.name_en, site.name_zh, site.district) == (
        "Sha Tin <Library>",
        "沙田圖書館",
        "sai_kung",
    )
    assert (site.hours, site.days) == (Hours(570, 0, 0b1000111), "1237")
    assert (site.contact, site.notes, site.terminals) == (FORM["contact"], FORM["notes"], 2)
    desk.service.watch.look(desk.now)
    assert desk.service.watch.places[2].hours == site.hours


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name_en", " "),
        ("name_zh", "x" * 121),
        ("district", "atlantis"),
        ("opens", "9:30"),
        ("closes", "24:00"),
        ("days", ""),
        ("days", "0"),
        ("contact", "x" * 201),
        ("notes", "x" * 1001),
    ],
)
def test_what_is_no_sites_is_refused_by_its_field(desk: Desk, field: str, value: str) -> None:
    with pytest.raises(BadSite, match=field):
        Sites(desk.database).save("site-sha_tin", FORM | {field: value})
    browser = desk.browser(somebody(Role.OPERATOR))
    assert browser.post(PATH, data=FORM | {field: value}).status_code == 422
    assert {one.name_en for one in Sites(desk.database).all()} == {"sha_tin", "islands"}


def test_an_operator_of_the_fleet_keeps_sites_true_and_it_is_in_the_audit(desk: Desk) -> None:
    browser = desk.browser(somebody(Role.OPERATOR))
    assert browser.post(PATH, data=FORM).headers["location"] == PATH
    page = browser.get(PATH).text
    assert 'value="Sha Tin &lt;Library&gt;"' in page
    assert 'value="09:30"' in page
    assert "Sha Tin &lt;Library&gt;" in browser.get("/sites?lang=en").text
    assert browser.post("/sites/nowhere", data=FORM).status_code == 404
    assert browser.get("/sites/nowhere").status_code == 404
    assert [one.act for one in desk.people.audit.entries()] == ["POST /sites/{site}"] * 2


def test_terminals_are_told_by_the_name_of_their_site_in_ones_own_language(desk: Desk) -> None:
    Sites(desk.database).save("site-sha_tin", FORM)
    desk.service.watch.look(desk.now)
    browser = desk.browser(somebody(Role.VIEWER))
    for path in ("/terminals", "/terminals/terminal-2"):
        assert "Sha Tin &lt;Library&gt;" in browser.get(f"{path}?lang=en").text
        assert "沙田圖書館" in browser.get(f"{path}?lang=zh_HK").text


def test_somebody_of_one_place_sees_its_sites_and_changes_none(desk: Desk) -> None:
    local = desk.browser(somebody(Role.OPERATOR, "district:sha_tin"))
    page = local.get("/sites").text
    assert "/sites/site-sha_tin" in page
    assert "islands" not in page
    assert local.get("/sites/site-islands").status_code == 404
    assert '<form class="card"' not in local.get(PATH).text
    assert local.post(PATH, data=FORM).status_code == 403
