"""Claim: the slip under the card camera, or its code typed; then the fleet is asked."""

import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime

import cv2

from drivers.camera.v4l2 import OpencvCamera
from drivers.errors import DeviceError
from drivers.tpm.errors import TpmMissing
from drivers.tpm.tss import TssKey
from provisioning.acts.work import Work
from provisioning.identity import machine as machine_key
from provisioning.identity.claiming import claim as claim_identity
from provisioning.identity.fleet_link import FleetError
from provisioning.identity.keeper import CannotKeep, Keeper, best
from provisioning.people import Look
from provisioning.runner import NotDone
from provisioning.steps import Figure, Step
from wire.claim import ClaimCode, NoClaimCode
from wire.failures import Failure


def claim(work: Work) -> Mapping[str, Figure]:
    """Become the terminal that the slip is for."""
    code = _code(work)
    try:
        keeper = best(list(work.keepers))
        if keeper.kind == "file":
            work.people.told("key_in_a_file")
        machine = _machine(work, keeper)
        became = claim_identity(
            work.generations, keeper, code, model=work.answers.machine.model, machine=machine
        )
    except (FleetError, CannotKeep, DeviceError) as failed:
        raise NotDone(failed.code) from None
    if machine is None:
        machine_key.end(work.generations)
    claimed = became.claimed
    if claimed.site is not None and claimed.site.id != work.answers.site.id:
        raise NotDone(Failure.PROVISION_OTHER_SITE.value, site=claimed.site.id)
    return {
        "terminal": claimed.terminal,
        "key_kept_by": keeper.kind,
        "machine_signs": machine is not None,
        "certificate_ends": f"{datetime.fromtimestamp(claimed.ends_at, UTC):%Y-%m-%d}",
        "district": claimed.site.district if claimed.site else "",
    }


def _machine(work: Work, keeper: Keeper) -> TssKey | None:
    """Return the key of the TPM that keeps the terminal's; None where there is none."""
    if keeper.kind == "tpm":
        try:
            return machine_key.made(work.generations, work.tpm)
        except TpmMissing:
            # systemd-creds has its own way to the TPM: what this one lacks is a library.
            work.people.told("no_machine_key")
    return None


def _code(work: Work) -> ClaimCode:
    text = work.answers.fleet.code
    try:
        if text:
            return ClaimCode.parse(text)
        work.people.told("lay_slip")
        seen = see_slip(work)
        if seen is not None:
            return seen
        typed = work.people.asked("type_code")
        if not typed:
            raise NotDone(Failure.PROVISION_NO_SLIP.value)
        return ClaimCode.parse(typed)
    except NoClaimCode as mistyped:
        raise NotDone(mistyped.code) from None


def see_slip(work: Work) -> ClaimCode | None:
    """Return the code that the card camera sees; None if it sees none for a while.

    Or if whoever stands there would rather type it.
    """
    finder = cv2.QRCodeDetector()
    deadline = time.monotonic() + work.wait_s
    try:
        with closing(OpencvCamera(work.answers.devices.document_camera)) as camera:
            while time.monotonic() < deadline and not work.people.stops():
                picture = camera.read().picture
                if work.people.look(Step.CLAIM, picture, {}) in {Look.GOOD, Look.BAD}:
                    return None
                text, _, _ = finder.detectAndDecode(picture)
                try:
                    return ClaimCode.parse(text)
                except NoClaimCode:
                    continue
    except (DeviceError, cv2.error):
        return None
    return None
