"""Signatures as SSH makes them, and git after it: by the command `ssh-keygen -Y`. The only module that runs it.

Source: ssh-keygen(1), ALLOWED SIGNERS; PROTOCOL.sshsig of OpenSSH.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from ropa.errors import CannotSign

NAMESPACE = "ropa-sign-off"
"""What the signature is for: one that was made for something else signs nothing here."""


def sign(content: bytes, key: Path) -> str:
    """The signature of some content with a private key, or the public one of a key that an agent holds."""
    done = _ssh_keygen("sign", "-f", str(key), "-n", NAMESPACE, said=content)
    signature = done.stdout.decode("ascii", "replace")
    if done.returncode or "BEGIN SSH SIGNATURE" not in signature:
        reason = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise CannotSign(f"ssh-keygen cannot sign with {key}: {reason or 'it says nothing'}")
    return signature


def signer(content: bytes, signature: str, allowed: str) -> str:
    """Who of those who are allowed to sign has signed some content; nothing where nobody has.

    `allowed` is the text of a file of allowed signers.
    """
    with TemporaryDirectory(prefix="ropa-") as folder:
        signed, signers = Path(folder, "signature"), Path(folder, "allowed_signers")
        signed.write_text(signature, "utf-8")
        signers.write_text(allowed, "utf-8")
        named = ("-f", str(signers), "-n", NAMESPACE, "-s", str(signed))
        found = _ssh_keygen("find-principals", *named[:2], *named[4:]).stdout
        for name in found.decode("utf-8", "replace").splitlines():
            if not _ssh_keygen("verify", "-I", name, *named, said=content).returncode:
                return name
    return ""


def _ssh_keygen(
    what: str, *arguments: str, said: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(
            ["ssh-keygen", "-Y", what, *arguments], input=said, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise CannotSign(
            "the command ssh-keygen is not installed, so nothing can be signed"
        ) from None
