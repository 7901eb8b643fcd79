"""People lead rollouts from the console and by the API, each as far as their rights reach."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from fleet.access.roles import Grant, Person, Role
from fleet.release.sandbox import Sandbox
from fleet.rollout.course import State
from fleet.rollout.plan import PLANS
from fleet.store.rollout_tables import rollouts
from fleet.waves.publishing import Publishing
from tests.support.console import NOW, Desk, Tab, somebody
from tests.support.rollouts import PLAN
from tests.support.signed import signed_release
from wire.rollout import Kind

SIGNER = somebody(Role.RELEASE_SIGNER, name="sam")
APPROVER = somebody(Role.RELEASE_APPROVER, name="ann")
SECOND = somebody(Role.RELEASE_APPROVER, name="bo")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    """A repository with two releases; tests only look at it."""
    folder = tmp_path_factory.mktemp("releases")
    made = Sandbox(folder / "repository", lambda: datetime.fromtimestamp(NOW, UTC))
    for version in ("1.0.0", "1.1.0"):
        signed_release(made, folder, version)
    for kind in (Kind.MODELS, Kind.CONTENT, Kind.CONFIG):
        signed_release(made, folder, "1.1.0", kind=kind)
    return made


@pytest.fixture
def desk(desk: Desk, sandbox: Sandbox) -> Desk:
    desk.service.publishing = Publishing(sandbox.folder, sandbox.repository, lambda: _now(desk))
    return desk


def _now(desk: Desk) -> datetime:
    return datetime.fromtimestamp(desk.now, UTC)


def look(desk: Desk) -> None:
    service = desk.service
    service.leading.look(service.watch.places, service.watch.present, desk.now)


def asked(browser: Tab, **changes: str) -> int:
    form = {"version": "1.1.0", "reason": "mended"} | changes
    answer = browser.post("/rollouts", data=form)
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rpartition("/")[2])


def begun(desk: Desk, **changes: str) -> int:
    number = asked(desk.browser(SIGNER), **changes)
    assert desk.browser(APPROVER).post(f"/rollouts/{number}/approve").status_code == 303
    look(desk)
    return number


def state(desk: Desk, number: int) -> State:
    return State(desk.service.rollouts.one(number)["state"])


def test_a_signer_asks_and_an_approver_lets_it_begin(desk: Desk) -> None:
    signer, approver = desk.browser(SIGNER), desk.browser(APPROVER)
    assert "1.1.0" in signer.get("/releases").text
    number = asked(signer)
    assert "/approve" not in signer.get(f"/rollouts/{number}").text
    assert signer.post(f"/rollouts/{number}/approve").status_code == 403
    assert "/approve" in approver.get(f"/rollouts/{number}").text
    assert approver.post(f"/rollouts/{number}/approve").status_code == 303
    assert approver.post(f"/rollouts/{number}/approve").status_code == 409
    assert state(desk, number) is State.RUNNING


def test_somebody_with_both_roles_is_still_one_person(desk: Desk) -> None:
    both = Person("x", "x", (Grant(Role.RELEASE_SIGNER), Grant(Role.RELEASE_APPROVER)))
    number = asked(desk.browser(both))
    refused = desk.browser(both).post(f"/rollouts/{number}/approve")
    assert (refused.status_code, refused.json()["code"]) == (403, "rollout.same_person")


def test_an_urgent_one_says_how_many_are_missing(desk: Desk) -> None:
    number = asked(desk.browser(SIGNER), urgent="yes")
    assert "2 more must approve" in desk.browser(SIGNER).get(f"/rollouts/{number}").text
    desk.browser(APPROVER).post(f"/rollouts/{number}/approve")
    assert state(desk, number) is State.ASKED
    assert "1 more must approve" in desk.browser(SIGNER).get(f"/rollouts/{number}").text
    desk.browser(SECOND).post(f"/rollouts/{number}/approve")
    assert state(desk, number) is State.RUNNING


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "9.9.9"},
        {"version": ""},
        {"kind": "rocket"},
        {"kind": "models", "version": "1.0.0"},
        {"release": "models/1.0.0"},
        {"release": "rocket/1.1.0"},
        {"reason": " "},
        {"models": "T1 T9"},
        {"districts": "atlantis"},
        {"from": "25:00"},
        {"until": "12"},
        {"until": "12:99"},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_not_asked(desk: Desk, changes: dict[str, str]) -> None:
    form = {"version": "1.1.0", "reason": "mended"} | changes
    assert desk.browser(SIGNER).post("/rollouts", data=form).status_code == 422
    assert desk.service.rollouts.latest(10) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_is_asked_for_approved_offered_and_shown_by_its_name(
    desk: Desk, kind: Kind
) -> None:
    signer = desk.browser(SIGNER)
    assert f'value="{kind}/1.1.0"' in signer.get("/releases").text
    number = begun(desk, release=f"{kind}/1.1.0", version="")
    assert state(desk, number) is State.RUNNING
    assert [one.artifact.kind for one in desk.service.rollouts.offered()] == [kind]
    named = {"app": "Application", "models": "Models", "content": "Content", "config": "Settings"}
    for page in ("/releases", f"/rollouts/{number}"):
        assert f"{named[kind]} 1.1.0" in signer.get(page).text


def test_content_goes_by_a_plan_of_its_own(desk: Desk) -> None:
    plans = {
        kind: desk.service.rollouts.one(asked(desk.browser(SIGNER), release=f"{kind}/1.1.0"))[
            "plan"
        ]
        for kind in Kind
    }
    assert plans[Kind.CONTENT] == PLANS.content
    assert {plans[kind] for kind in Kind if kind is not Kind.CONTENT} == {PLANS.usual}


def test_it_is_paused_resumed_and_aborted(desk: Desk) -> None:
    number = begun(desk)
    operator, signer = desk.browser(somebody(Role.OPERATOR)), desk.browser(SIGNER)
    assert operator.post(f"/rollouts/{number}/pause").status_code == 303
    assert state(desk, number) is State.PAUSED
    assert operator.post(f"/rollouts/{number}/resume").status_code == 403
    assert signer.post(f"/rollouts/{number}/resume").status_code == 303
    assert operator.post(f"/rollouts/{number}/abort").status_code == 303
    assert state(desk, number) is State.ABORTED
    assert operator.post(f"/rollouts/{number}/abort").status_code == 409
    assert operator.post("/rollouts/99/abort").status_code == 404


def test_a_terminal_is_left_out_and_let_in_again(desk: Desk) -> None:
    number, signer = begun(desk), desk.browser(SIGNER)
    form = {"terminal": "terminal-1"}
    assert signer.post(f"/rollouts/{number}/exclude", data=form).status_code == 303
    assert "Let in again" in signer.get(f"/rollouts/{number}").text
    assert signer.post(f"/rollouts/{number}/admit", data=form).status_code == 303
    assert "Let in again" not in signer.get(f"/rollouts/{number}").text
    assert signer.post(f"/rollouts/{number}/exclude", data={"terminal": "x"}).status_code == 422


def test_one_button_halts_it_and_asks_for_the_version_before(desk: Desk) -> None:
    first, signer = begun(desk, version="1.0.0"), desk.browser(SIGNER)
    assert signer.post(f"/rollouts/{first}/back", data={"reason": "x"}).status_code == 422
    with desk.database.writing() as connection:
        connection.exec_driver_sql("UPDATE rollouts SET state = 'done'")
    second = begun(desk)
    assert "Go back" in signer.get(f"/rollouts/{second}").text
    answer = signer.post(f"/rollouts/{second}/back", data={"reason": "harm"})
    made = int(answer.headers["location"].rpartition("/")[2])
    assert state(desk, second) is State.ABORTED
    row = desk.service.rollouts.one(made)
    assert (row["version"], row["go_back"], row["takes_back"]) == ("1.0.0", True, second)
    assert row["state"] == "asked", "somebody else approves"


def test_somebody_of_one_district_leads_there_alone(desk: Desk) -> None:
    theirs = desk.browser(somebody(Role.RELEASE_SIGNER, "district:sha_tin"))
    form = {"version": "1.1.0", "reason": "x"}
    assert theirs.post("/rollouts", data=form).status_code == 403
    assert theirs.post("/rollouts", data=form | {"districts": "islands"}).status_code == 403
    elsewhere = asked(desk.browser(SIGNER), districts="islands")
    assert theirs.get(f"/rollouts/{elsewhere}").status_code == 404
    assert theirs.post(f"/rollouts/{elsewhere}/withdraw").status_code == 404
    here = asked(theirs, districts="sha_tin")
    everywhere = begun(desk)
    page = theirs.get(f"/rollouts/{everywhere}").text
    assert "terminal-2" in page
    assert "terminal-1" not in page
    assert theirs.post(f"/rollouts/{everywhere}/abort").status_code == 403
    assert theirs.post(f"/rollouts/{here}/withdraw").status_code == 303
    assert f"/rollouts/{elsewhere}" not in theirs.get("/releases").text


def test_what_people_and_the_fleet_itself_do_is_in_the_audit(desk: Desk) -> None:
    desk.service.leading.told = desk.people.by_itself(lambda: desk.now)
    number = begun(desk)
    with desk.database.writing() as connection:
        connection.exec_driver_sql("UPDATE rollout_members SET progress = 'undone'")
    look(desk)
    entries = list(desk.people.audit.entries())
    assert [(one.name, one.act) for one in entries] == [
        ("sam", "POST /rollouts"),
        ("ann", "POST /rollouts/{number}/approve"),
        ("fleet", "rollout stop"),
    ]
    assert entries[-1].subject == f"/rollouts/{number}"
    assert '"failed":"2"' in entries[-1].detail


def test_the_api_does_what_the_console_does_but_approve(desk: Desk) -> None:
    token = desk.people.tokens.make(
        "build", Grant(Role.RELEASE_SIGNER), by=SIGNER, now=int(desk.now), lasts_s=3600
    )
    tab = Tab(desk.app)
    headers = {"Authorization": f"Bearer {token}"}
    listed = tab.get("/api/v1/releases", headers=headers).json()["items"]
    assert [f"{one['kind']} {one['version']}" for one in listed] == [
        "app 1.1.0", "app 1.0.0", "models 1.1.0", "content 1.1.0", "config 1.1.0",
    ]  # fmt: skip
    form = {"version": "1.1.0", "reason": "built"}
    made = tab.post("/api/v1/rollouts", headers=headers, json=form)
    assert made.status_code == 201
    number = made.json()["id"]
    assert tab.post(f"/api/v1/rollouts/{number}/approve", headers=headers).status_code == 404
    desk.browser(APPROVER).post(f"/rollouts/{number}/approve")
    look(desk)
    told = tab.get(f"/api/v1/rollouts/{number}", headers=headers).json()
    assert (told["state"], told["approved_by"], told["waves"][-1]) == ("running", ["ann"], 10_000)
    assert {one["progress"] for one in told["terminals"]} == {"waiting"}
    for act, status in (("pause", 204), ("resume", 204), ("exclude", 422), ("abort", 204)):
        path = f"/api/v1/rollouts/{number}/{act}"
        assert tab.post(path, headers=headers).status_code == status, act
    rows = tab.get("/api/v1/rollouts", headers=headers).json()["items"]
    assert [(row["id"], row["state"]) for row in rows] == [(number, "aborted")]


def test_a_fleet_without_a_repository_says_so(desk: Desk) -> None:
    desk.service.publishing = None
    page = desk.browser(SIGNER).get("/releases").text
    assert "no signed repository" in page
    assert 'action="/rollouts"' not in page


def test_a_repository_that_cannot_be_read_is_said_and_refused(desk: Desk, tmp_path: Path) -> None:
    from fleet.release.repository import Repository

    broken = Repository(tmp_path / "broken", lambda: _now(desk))
    (tmp_path / "broken" / "metadata" / "1.app.json").write_text("{")
    desk.service.publishing = Publishing(tmp_path / "broken", broken, lambda: _now(desk))
    assert "cannot be read" in desk.browser(SIGNER).get("/releases").text
    form = {"version": "1.1.0", "reason": "x"}
    assert desk.browser(SIGNER).post("/rollouts", data=form).status_code == 503


def test_the_terminals_page_tells_how_far_it_came(desk: Desk) -> None:
    number = begun(desk)
    page = desk.browser(somebody(Role.VIEWER)).get("/terminals/terminal-1").text
    assert f'href="/rollouts/{number}"' in page


@pytest.mark.parametrize("language", ["en", "zh_HK", "zh_CN"])
def test_every_state_and_note_has_words(desk: Desk, language: str) -> None:
    number, viewer = begun(desk), desk.browser(somebody(Role.VIEWER))
    for one in State:
        for because in ("failures", "sessions", "unconfirmed", "soaking", "stalled", "well"):
            with desk.database.writing() as connection:
                values = {"state": one.value, "because": because}
                connection.execute(rollouts.update().values(values))
            answer = viewer.get(f"/rollouts/{number}?lang={language}")
            assert answer.status_code == 200
        assert viewer.get(f"/releases?lang={language}").status_code == 200


def test_the_plan_that_was_approved_is_the_one_that_happens(desk: Desk) -> None:
    number = begun(desk)
    desk.service.plans = type(desk.service.plans)(usual=PLAN)
    assert desk.service.rollouts.one(number)["plan"] != PLAN
