"""People turn softly and at human speed, and never jump."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from drivers.camera.motion import TURNS_PER_S, Motion, Pose, unrest

FRAME_S = 1 / 30
MOST_PER_FRAME = 1.6 * TURNS_PER_S * FRAME_S


def test_a_turn_takes_as_long_as_a_person_takes() -> None:
    motion = Motion()
    motion.go(Pose(yaw=22), 10.0)
    assert motion.at(10.0) == Pose()
    assert 10 < motion.at(10.55).yaw < 12
    assert motion.at(11.0).yaw < 22
    assert motion.at(11.1).yaw == 22


@given(
    orders=st.lists(
        st.tuples(st.floats(-26, 26), st.floats(0.8, 1.8), st.floats(0, 2)), min_size=1, max_size=8
    )
)
def test_nobody_jumps_whatever_is_asked_in_the_middle_of_a_turn(
    orders: list[tuple[float, float, float]],
) -> None:
    motion, now, last = Motion(), 0.0, Pose()
    for yaw, nearer, wait in orders:
        motion.go(Pose(yaw, nearer), now)
        until = now + wait
        while now < until:
            now += FRAME_S
            pose = motion.at(now)
            assert abs(pose.yaw - last.yaw) <= MOST_PER_FRAME
            assert abs(pose.nearer - last.nearer) <= 0.02
            last = pose


def test_nobody_holds_still_and_nobody_strays_far() -> None:
    strays = [unrest(second / 10) for second in range(600)]
    yaws = [pose.yaw for pose, _ in strays]
    assert 0.3 < np.std(yaws) < 0.6
    assert max(abs(yaw) for yaw in yaws) < 1
