"""Build, sign and publish releases: ``python -m fleet.release COMMAND``.

::

    build        pack a tree into an archive, with manifest and bill of materials
    key          make a key pair in files: for trials; people's keys belong in tokens
    stage        put an archive into its role, to be signed
    sign         sign what is staged, as the first person, or as another (also: approve)
    show         what is published, what is staged, and who must still sign
    publish      publish what enough people signed
    refresh      renew what the fleet signs; run it daily
    stage-root   prepare a root that names other keys; then sign it, by old and new people
                 (also: rotate-root)
    stage-roles  hand each kind of release, and the rollouts, to those who sign them

A first repository takes stage-root, stage-roles, signatures of two people for root and targets
and of those who sign each kind, and publish.

A key is named as securesystemslib names it: ``file2:PATH`` for a file, ``hsm:...`` for a token,
or a cloud's key service, with its public half beside it as JSON.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from securesystemslib.signer import CryptoSigner

from fleet.release.building import NotBuilt, build, says
from fleet.release.keys import public, signer
from fleet.release.repository import NotSigned, Repository, entrust
from fleet.release.roles import DELEGATED, ROLES
from fleet.release.sbom import bill
from wire.rollout import Artifact, Kind

_ALSO = {"sign": ["approve"], "stage-root": ["rotate-root"]}
PEOPLES = [role for role in ROLES if role not in {"rollout", "snapshot", "timestamp"}]


def _parser() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(
        prog="python -m fleet.release",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = flags.add_subparsers(dest="command", required=True)

    def command(
        name: str, *, repository: bool = True, key: bool = False
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, aliases=_ALSO.get(name, []))
        made.set_defaults(command=name)
        if repository:
            made.add_argument("--repository", type=Path, required=True)
        if key:
            made.add_argument("--key", required=True, help="URI of the private key")
            made.add_argument("--public", type=Path, required=True, help="its public half, JSON")
        return made

    building = command("build", repository=False)
    building.add_argument("--tree", type=Path, required=True)
    building.add_argument("--to", type=Path, required=True)
    building.add_argument("--version", required=True)
    building.add_argument("--kind", type=Kind, choices=list(Kind), default=Kind.APP)
    building.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    making = command("key", repository=False)
    making.add_argument("--to", type=Path, required=True, help="PATH.pem and PATH.json are made")
    staging = command("stage")
    staging.add_argument("--archive", type=Path, required=True)
    staging.add_argument("--kind", type=Kind, choices=list(Kind), default=Kind.APP)
    staging.add_argument("--version", required=True)
    staging.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    staging.add_argument("--floor", required=True, help="oldest version one may go back to")
    command("sign", key=True).add_argument("--role", choices=PEOPLES, required=True)
    command("show")
    command("publish", key=True)
    command("refresh", key=True)
    rooting = command("stage-root")
    for role in ("root", "targets", "online"):
        rooting.add_argument(f"--{role}", type=Path, nargs="+", required=True, help="public halves")
    handing = command("stage-roles")
    for role in DELEGATED:
        threshold = ROLES[role].threshold
        meaning = f"public halves of those who sign it; {threshold} of them must"
        handing.add_argument(f"--{role}", type=Path, nargs="+", required=True, help=meaning)
    return flags


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one command."""
    asked = _parser().parse_args(arguments)
    try:
        print(_done(asked))
    except (NotSigned, NotBuilt) as refused:
        print(f"{refused.code}: {refused}", file=sys.stderr)
        return 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 1
    except (KeyError, ValueError):
        print("release.bad_key: what was named is no key", file=sys.stderr)
        return 1
    return 0


def _done(asked: argparse.Namespace) -> str:
    match asked.command:
        case "build":
            if asked.kind is Kind.APP:
                says(asked.tree, asked.version)
            sbom = bill(asked.tree, version=asked.version, kind=asked.kind)
            return build(
                asked.tree, asked.to, version=asked.version, python=asked.python, sbom=sbom
            )
        case "key":
            return _make_key(asked.to)
        case "publish" | "refresh":
            online = Repository(asked.repository, _now, [signer(asked.key, asked.public)])
            if asked.command == "refresh":
                with online.alone(waits=True):
                    online.refresh()
                return "refreshed"
            return f"published: {', '.join(online.publish()) or 'nothing new'}"
        case _:
            return _staged(asked, Repository(asked.repository, _now))


def _staged(asked: argparse.Namespace, repository: Repository) -> str:
    match asked.command:
        case "stage":
            content = asked.archive.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            artifact = Artifact(asked.kind, asked.version, digest, len(content))
            repository.stage_release(
                artifact, asked.archive, floor=asked.floor, python=asked.python
            )
            return f"{digest} staged; {repository.missing(asked.kind)} signatures are missing"
        case "sign":
            missing = repository.sign(asked.role, signer(asked.key, asked.public))
            return f"{missing} signatures are missing"
        case "stage-root":
            held = {
                role: [public(one) for one in getattr(asked, role)] for role in ("root", "targets")
            }
            fleets = [public(one) for one in asked.online]
            keys = {**held, "snapshot": fleets, "timestamp": fleets}
            repository.stage("root", lambda root: entrust(root, keys))
            return f"{repository.missing('root')} signatures are missing"
        case "stage-roles":
            signers = {role: [public(one) for one in getattr(asked, role)] for role in DELEGATED}
            return "\n".join(
                f"{role}: {repository.missing(role)} signatures are missing"
                for role in repository.stage_roles(signers)
            )
        case _:
            return "\n".join(_shown(repository))


def _shown(repository: Repository) -> list[str]:
    lines = []
    for role in ROLES:
        signed = repository.open(role).signed
        line = f"{role:10} version {signed.version}"
        if signed.version:
            line += f", holds until {signed.expires:%Y-%m-%d}"
        if repository.staged(role) is not None:
            line += f"; staged, {repository.missing(role)} signatures are missing"
        lines.append(line)
    return lines


def _make_key(to: Path) -> str:
    made = CryptoSigner.generate_ed25519()
    private = to.with_suffix(".pem")
    private.touch(0o600, exist_ok=False)
    private.write_bytes(made.private_bytes)
    public = made.public_key
    content = {"keyid": public.keyid, **public.to_dict()}
    to.with_suffix(".json").write_text(json.dumps(content, indent=1))
    return f"file2:{private}"


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    sys.exit(main())
