"""A small HTTP client that shows every byte of an answer: cookies kept, redirects only when asked."""

import http.client
import json
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode, urljoin, urlsplit

from forms import Page


@dataclass
class Answer:
    method: str
    url: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @cached_property
    def page(self) -> Page | None:
        """Read when it is first asked for; None for what is no page."""
        return Page(self.text) if "text/html" in (self.header("content-type") or "") else None

    def header(self, name: str) -> str | None:
        """The value of a header; several of one name are joined as RFC 9110 §5.3 allows."""
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    """One visitor of one server. `base` is such as http://localhost:8080; the connection goes to 127.0.0.1."""

    def __init__(
        self,
        base: str,
        keep_alive: bool = False,
        headers: dict[str, str] | None = None,
        timeout: float = 30,
    ):
        self.base = base
        self.timeout = timeout
        self.host = urlsplit(base).netloc
        self.port = urlsplit(base).port
        self.keep_alive = keep_alive
        self.headers = headers or {}
        self.cookies: dict[str, str] = {}
        self.connection: http.client.HTTPConnection | None = None
        self.seen: list[Answer] = []

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ):
        target = (
            path
            if path.startswith("/")
            else urlsplit(path)._replace(scheme="", netloc="", fragment="").geturl()
        )
        sent = {"Host": self.host, **self.headers, **(headers or {})}
        if self.cookies:
            sent.setdefault("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if not self.keep_alive:
            sent.setdefault("Connection", "close")
        connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        self.connection = None
        connection.request(method, target, body, sent)
        response = connection.getresponse()
        answer = Answer(
            method, urljoin(self.base, target), response.status, response.getheaders(), response.read()
        )
        if self.keep_alive and not response.will_close:
            self.connection = connection
        else:
            connection.close()
        for cookie in [value for key, value in answer.headers if key.lower() == "set-cookie"]:
            name, _, rest = cookie.partition("=")
            value = rest.split(";")[0]
            if value and "max-age=0" not in cookie.lower():
                self.cookies[name.strip()] = value
            else:
                self.cookies.pop(name.strip(), None)
        self.seen.append(answer)
        return answer

    def get(self, path: str, follow: bool = True, **query) -> Answer:
        """GET; up to five redirects are followed unless `follow` is false."""
        asked = {key: value for key, value in query.items() if value is not None}
        answer = self.request("GET", path + ("?" + urlencode(asked, doseq=True) if asked else ""))
        for _ in range(5):
            if not follow or answer.status not in (301, 302, 303, 307, 308):
                break
            answer = self.request("GET", urljoin(answer.url, answer.header("location")))
        return answer

    def post_form(self, path: str, fields: dict[str, str], **headers) -> Answer:
        """POST as a browser's form would from a page of the same origin."""
        return self.request(
            "POST",
            path,
            urlencode(fields).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": self.base,
                "Sec-Fetch-Site": "same-origin",
                **headers,
            },
        )

    def post_json(self, path: str, value, **headers) -> Answer:
        named = {key.replace("_", "-"): text for key, text in headers.items()}
        return self.request(
            "POST", path, json.dumps(value).encode(), {"Content-Type": "application/json", **named}
        )

    def submit(self, answer: Answer, action: str, **typed) -> Answer:
        """Fills the form of a page whose action ends with `action`, and sends it; a POST is followed to its page."""
        form = answer.page.form(action)
        fields = form.filled(**typed)
        target = urljoin(answer.url, form.action)
        if form.method == "get":
            return self.get(urlsplit(target)._replace(query=urlencode(fields)).geturl())
        sent = self.post_form(target, fields)
        return self.get(urljoin(sent.url, sent.header("location"))) if sent.status == 303 else sent
