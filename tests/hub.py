"""The comments of a pull request, over the few paths of GitHub's REST API that the action asks for, on this machine."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any

from loopback import Answer, page, serving

MAY_WRITE, OF_A_FORK, OF_A_PERSON = "may-write", "of-a-fork", "of-a-person"
LONGEST = 65_536
RUN = {"login": "github-actions[bot]", "type": "Bot"}
PERSON = {"login": "head-librarian", "type": "User"}
AUTHORS = {MAY_WRITE: RUN, OF_A_FORK: RUN, OF_A_PERSON: PERSON}


class Hub:
    """A repository `northwold/records` with pull request 7: who said what on it, and what was asked of it."""

    def __init__(self) -> None:
        self.address = ""
        self.comments: list[dict[str, Any]] = []
        self.asked: list[str] = []

    def say(self, body: str, author: dict[str, str] = PERSON) -> dict[str, Any]:
        """Somebody comments."""
        last = max((comment["id"] for comment in self.comments), default=0)
        self.comments.append({"id": last + 1, "body": body, "user": author})
        return self.comments[-1]

    def bodies(self, author: dict[str, str] = RUN) -> list[str]:
        """What somebody said, in the order of saying it."""
        return [comment["body"] for comment in self.comments if comment["user"] == author]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """One request, as GitHub answers it."""
        length = int(handler.headers.get("Content-Length", 0))
        said = json.loads(handler.rfile.read(length) or b"{}")
        token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        self.asked.append(f"{handler.command} {handler.path}")
        self._answer(handler.command, handler.path, said, token)(handler)

    def _answer(self, method: str, path: str, said: dict[str, str], token: str) -> Answer:
        author = AUTHORS.get(token)
        if author is None:
            return _json({"message": "Bad credentials"}, 401)
        if path == "/user":
            return _json(author) if author is PERSON else _refused()
        if method != "GET" and token == OF_A_FORK:
            return _refused()
        return self._of_the_repository(method, path, said, author)

    def _of_the_repository(
        self, method: str, path: str, said: dict[str, str], author: dict[str, str]
    ) -> Answer:
        if len(said.get("body", "")) > LONGEST:
            return _json({"message": "Body is too long (maximum is 65536 characters)"}, 422)
        if listed := re.fullmatch(
            r"/repos/northwold/records/issues/7/comments(?:\?per_page=(\d+)&page=(\d+))?", path
        ):
            return self._list(method, listed, said, author)
        if one := re.fullmatch(r"/repos/northwold/records/issues/comments/(\d+)", path):
            return self._one(method, int(one[1]), said)
        return _json({"message": "Not Found"}, 404)

    def _list(
        self, method: str, listed: re.Match[str], said: dict[str, str], author: dict[str, str]
    ) -> Answer:
        if method == "POST":
            return _json(self.say(said["body"], author), 201)
        size, number = int(listed[1]), int(listed[2])
        return _json(self.comments[size * (number - 1) : size * number])

    def _one(self, method: str, id_: int, said: dict[str, str]) -> Answer:
        (comment,) = (comment for comment in self.comments if comment["id"] == id_)
        if method == "DELETE":
            self.comments.remove(comment)
            return page("", None, 204)
        comment["body"] = said["body"]
        return _json(comment)


@contextmanager
def hub() -> Iterator[Hub]:
    """Such a repository at an address of this machine; it ends with the test."""
    there = Hub()
    with serving(there.answer) as asked:
        there.address = asked.address
        yield there


def _json(value: object, status: int = 200) -> Answer:
    return page(json.dumps(value), "application/json", status)


def _refused() -> Answer:
    return _json({"message": "Resource not accessible by integration"}, 403)
