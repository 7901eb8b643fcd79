"""Every message is strict, frozen, and silent about what it carries."""

import importlib
import pkgutil
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

import msgspec
import pytest

import wire
from wire.card import FromCardHost, ToCardHost
from wire.framing import BadMessage, decode, encode
from wire.message import Message
from wire.record import Receipt
from wire.screen import Action, FromScreens, ToScreens, Touched
from wire.vision import FromVision, ToVision

UNIONS: list[Any] = [ToScreens, FromScreens, ToVision, FromVision, FromCardHost, ToCardHost]
CANARY = "CANARY"


def kinds() -> list[type[msgspec.Struct]]:
    """Return every message of every module of wire."""
    found: set[type[msgspec.Struct]] = {Receipt}
    for module in pkgutil.iter_modules(wire.__path__):
        things = vars(importlib.import_module(f"wire.{module.name}")).values()
        found |= {t for t in things if isinstance(t, type) and issubclass(t, Message)}
    return sorted(found - {Message}, key=lambda kind: f"{kind.__module__}.{kind.__name__}")


def example(kind: Any) -> Any:
    """Return a value of `kind`, text and bytes with the canary in it."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return next(iter(kind))
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind(**{f.name: example(f.type) for f in msgspec.structs.fields(kind)})
    if get_origin(kind) is dict:
        return {example(part): example(other) for part, other in [get_args(kind)]}
    if get_origin(kind) in {Annotated, UnionType}:
        return example(get_args(kind)[0])
    if get_origin(kind) in {tuple, frozenset}:
        return get_origin(kind)([example(get_args(kind)[0])])
    return {str: CANARY, bytes: CANARY.encode(), int: 7, float: 0.5, bool: True}[kind]


@pytest.mark.parametrize("kind", kinds())
def test_what_is_sent_arrives(kind: type[msgspec.Struct]) -> None:
    assert decode(encode(example(kind)), kind) == example(kind)


@pytest.mark.parametrize("kind", kinds())
def test_an_unknown_field_is_refused(kind: type[msgspec.Struct]) -> None:
    body = msgspec.msgpack.decode(encode(example(kind)))
    with pytest.raises(BadMessage):
        decode(msgspec.msgpack.encode(body | {"extra": 1}), kind)


@pytest.mark.parametrize("kind", kinds())
def test_a_missing_field_is_refused(kind: type[msgspec.Struct]) -> None:
    body = msgspec.msgpack.decode(encode(example(kind)))
    for field in msgspec.structs.fields(kind):
        if field.required:
            less = {name: value for name, value in body.items() if name != field.encode_name}
            with pytest.raises(BadMessage):
                decode(msgspec.msgpack.encode(less), kind)


@pytest.mark.parametrize("kind", kinds())
def test_a_field_of_another_type_is_refused(kind: type[msgspec.Struct]) -> None:
    body = msgspec.msgpack.decode(encode(example(kind)))
    for field in msgspec.structs.fields(kind):
        with pytest.raises(BadMessage):
            decode(msgspec.msgpack.encode(body | {field.encode_name: [None]}), kind)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if issubclass(kind, Message)])
def test_no_message_prints_what_it_carries(kind: type[Message]) -> None:
    message = example(kind)
    assert repr(message) == str(message) == f"<{kind.__name__}>"


@pytest.mark.parametrize("kind", kinds())
def test_no_message_changes_once_it_is_made(kind: type[msgspec.Struct]) -> None:
    message = example(kind)
    for field in msgspec.structs.fields(kind):
        with pytest.raises(AttributeError):
            setattr(message, field.name, None)


@pytest.mark.parametrize("union", UNIONS)
def test_members_of_a_union_are_told_apart(union: Any) -> None:
    for kind in get_args(union) if isinstance(union, UnionType) else (union,):
        assert type(decode(encode(example(kind)), union)) is kind


def test_the_argument_of_a_touch_is_short() -> None:
    touch = Touched(1, Action.KEY, "x" * 16)
    assert decode(encode(touch), FromScreens) == touch
    with pytest.raises(BadMessage) as caught:
        decode(encode(Touched(1, Action.KEY, "x" * 17)), FromScreens)
    assert "xx" not in str(caught.value)
