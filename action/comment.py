"""The one comment of the action on a pull request: left once, and then brought up to date. Needs Python alone."""

import json
import os
import sys
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SECONDS = 20
"""How long GitHub may take over one answer."""
A_PAGE = 100
"""The most comments that GitHub lists at once."""
SAME = "Nothing changed."
"""What `ropa diff --format markdown` ends with in that case alone; no other line of it is this one."""
MAY_NOT = "the token of this run may not write there: the workflow lacks `pull-requests: write`, or it is for a fork"
_REFUSED = frozenset({401, 403, 404})


class NotLeft(Exception):
    """The comment could not be left; it says why, in words that hold nothing of anybody else's."""

    def __init__(self, why: str, status: int = 0) -> None:
        super().__init__(why)
        self.status = status


class _NoRedirects(HTTPRedirectHandler):
    """Whoever redirects would be sent the token as well."""

    def redirect_request(self, *_: Any) -> None:
        """None is followed."""


class GitHub:
    """The comments of one pull request, over the REST API of GitHub (“Issue comments” in its reference)."""

    def __init__(self, api: str, repository: str, number: str, token: str) -> None:
        if not number.isdecimal():
            raise NotLeft("the pull request has no number")
        self.api, self.repository, self.number, self.token = api, repository, number, token

    def comments(self) -> Iterator[dict[str, Any]]:
        """All of them, the oldest first."""
        listed = f"/repos/{self.repository}/issues/{self.number}/comments?per_page={A_PAGE}&page="
        for page in range(1, A_PAGE):
            found = self._ask("GET", f"{listed}{page}")
            yield from found
            if len(found) < A_PAGE:
                return

    def is_own(self, comment: dict[str, Any]) -> bool:
        """Whether it was written with the token, or, where GitHub does not say whose that is, by a program.

        The marker is no secret: with it alone, anybody could have the comment put where they may alter it.
        """
        author = comment.get("user") or {}
        return author.get("login") == self._login if self._login else author.get("type") == "Bot"

    def leave(self, body: str) -> None:
        """Write a new comment."""
        self._ask("POST", f"/repos/{self.repository}/issues/{self.number}/comments", {"body": body})

    def alter(self, comment: dict[str, Any], body: str) -> None:
        """Write it anew."""
        self._ask("PATCH", self._at(comment), {"body": body})

    def remove(self, comment: dict[str, Any]) -> None:
        """Take it away."""
        self._ask("DELETE", self._at(comment))

    def _at(self, comment: dict[str, Any]) -> str:
        return f"/repos/{self.repository}/issues/comments/{int(comment['id'])}"

    @cached_property
    def _login(self) -> str:
        """Whose token it is; GitHub tells no more to the token of a run than that it may not ask."""
        try:
            return str(self._ask("GET", "/user")["login"])
        except NotLeft as refused:
            if refused.status in _REFUSED:
                return ""
            raise

    def _ask(self, method: str, path: str, said: dict[str, str] | None = None) -> Any:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "User-Agent": "ropa",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        content = None if said is None else json.dumps(said).encode()
        asked = Request(self.api + path, content, headers, method=method)
        try:
            with build_opener(_NoRedirects).open(asked, timeout=SECONDS) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as error:
            error.close()
            why = MAY_NOT if error.code in _REFUSED else "GitHub did not take it"
            raise NotLeft(f"{why} (HTTP {error.code})", error.code) from None
        except (OSError, HTTPException, URLError, ValueError):
            raise NotLeft("GitHub did not answer, or not as its reference says") from None


def bring_up_to_date(github: GitHub, marker: str, text: str) -> str:
    """Leave the comment, alter the one that is there, or leave it be; the answer is what was done.

    Where nothing changed and nothing was said before, there is nothing to say. Raises `NotLeft`.
    """
    changed = not text.endswith(f"\n{SAME}\n")
    body = f"{marker}\n{text}"
    marked = (c for c in github.comments() if str(c.get("body", "")).startswith(marker))
    own = [comment for comment in marked if github.is_own(comment)]
    for another in own[1:]:  # of two runs at once
        github.remove(another)
    if not own:
        if changed:
            github.leave(body)
        return "left a comment" if changed else "nothing changed, and no comment says otherwise"
    if own[0]["body"].replace("\r\n", "\n").rstrip() == body.rstrip():
        return "the comment is as it was"
    github.alter(own[0], body)
    return "brought the comment up to date"


def marker_of(registry: str) -> str:
    """What begins the comment about a register, and is not seen: two registers have a comment each."""
    return f"<!-- ropa {sha256(registry.encode()).hexdigest()[:12]} -->"


def main() -> None:
    """Say on the pull request what stands in a file, or else on the page of the run; neither fails the job."""
    asked, text = os.environ, Path(sys.argv[1]).read_text("utf-8")
    api = asked.get("GITHUB_API_URL", "https://api.github.com")
    try:
        github = GitHub(api, asked["GITHUB_REPOSITORY"], asked["NUMBER"], asked["TOKEN"])
        print(f"ropa: {bring_up_to_date(github, marker_of(asked['REGISTRY']), text)}")
    except NotLeft as refused:
        said = f"What this changes is on the page of this run and not in a comment: {refused}"
        print(f"::notice title=ropa::{said}")
        with Path(asked["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as page:
            page.write(f"{text}\n{said}.\n\n")


if __name__ == "__main__":
    main()
