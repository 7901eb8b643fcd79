"""Every step with what does it."""

from collections.abc import Mapping
from functools import partial

from provisioning.acts import claiming, devices, place, self_test, setting_up, touch
from provisioning.acts.work import Work
from provisioning.runner import Act
from provisioning.steps import Step


def acts(work: Work) -> Mapping[Step, Act]:
    """Return what does each step with `work`."""
    return {
        Step.NETWORK: partial(place.network, work),
        Step.CLOCK: partial(place.clock, work),
        Step.SITE: partial(place.site, work),
        Step.PANEL: partial(place.panel, work),
        Step.TOUCH: partial(touch.touch, work),
        Step.FACE_CAMERA: partial(devices.camera, work, Step.FACE_CAMERA),
        Step.DOCUMENT_CAMERA: partial(devices.camera, work, Step.DOCUMENT_CAMERA),
        Step.LIGHTS: partial(devices.lights, work),
        Step.READER: partial(devices.reader, work),
        Step.PRINTER: partial(devices.printer, work),
        Step.SOUND: partial(devices.sound, work),
        Step.CLAIM: partial(claiming.claim, work),
        Step.SETTINGS: partial(setting_up.settings, work),
        Step.SELF_TEST: partial(self_test.self_test, work),
    }
