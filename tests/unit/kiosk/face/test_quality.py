"""A picture is good when every measure holds; what does not hold is told gravest first."""

import math

import pytest

from kiosk.face.quality import SCALES, Measure, judge

GOOD = {one: (scale.good_from + min(scale.good_to, 1e3)) / 2 for one, scale in SCALES.items()}


def test_a_good_picture_has_no_reasons() -> None:
    assert judge(GOOD).good
    assert judge(GOOD).reasons == ()


@pytest.mark.parametrize("measure", Measure)
def test_each_measure_can_spoil_a_picture(measure: Measure) -> None:
    scale = SCALES[measure]
    limits = {scale.good_from, scale.good_to} - {scale.least, scale.most}
    assert limits
    for limit in limits:
        beyond = limit + 1e-6 if limit == scale.good_to else limit - 1e-6
        assert judge(GOOD | {measure: beyond}).reasons == (measure,)
        assert judge(GOOD | {measure: limit}).good


@pytest.mark.parametrize("measure", Measure)
def test_what_is_no_number_is_not_good(measure: Measure) -> None:
    assert judge(GOOD | {measure: math.nan}).reasons == (measure,)


def test_reasons_stand_in_the_order_of_gravity() -> None:
    bad = dict.fromkeys(Measure, math.nan)
    assert judge(bad).reasons == tuple(Measure)


def test_a_measure_that_is_missing_is_not_taken_for_good() -> None:
    with pytest.raises(KeyError):
        judge({one: value for one, value in GOOD.items() if one is not Measure.YAW})


def test_every_scale_says_what_its_numbers_are() -> None:
    for measure in Measure:
        scale = SCALES[measure]
        assert scale.least <= scale.good_from < scale.good_to <= scale.most
        assert scale.unit
        assert scale.source
