"""A headless Chromium that looks at every page small and large, light and dark, and notes what the page reaches for."""

import json
import os
import re
import shutil
from importlib.resources import files
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, Playwright, expect

from server import ROOT, House, Person, next_code

SIZES = [(360, 740), (1400, 900)]
SCHEMES = ["light", "dark"]
PICTURES = ROOT / ".build/pictures"
# For machines that do several things at once: how long a page takes is measured elsewhere.
expect.set_options(timeout=20_000)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def launched(playwright: Playwright) -> Browser:
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert program, "chromium is not installed: scripts/install test installs it"
    # As root there is no sandbox to be had; a hosted machine often has too small a /dev/shm.
    arguments = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return playwright.chromium.launch(executable_path=program, args=arguments)


class Visitor:
    """One person with one browser of their own."""

    def __init__(self, browser: Browser, house: House, scripts: bool = True, size=SIZES[1], **options):
        self.house = house
        self.context: BrowserContext = browser.new_context(
            base_url=house.base,
            java_script_enabled=scripts,
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB",
            reduced_motion="reduce",
            **options,
        )
        self.context.set_default_timeout(20_000)
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        self.examining = False
        self.context.on("request", self._note_request)
        self.page: Page = self.context.new_page()
        # One session for all that is asked of the browser itself: closing any of a page's sessions takes the passkey
        # devices of the others with it.
        self.debugger: CDPSession = self.context.new_cdp_session(self.page)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request):
        if urlsplit(request.url).netloc != urlsplit(self.house.base).netloc and not request.url.startswith(
            "data:"
        ):
            self.elsewhere.append(request.url)

    def _note_console(self, message):
        # A page that answers 409 or 422 is logged as an error by the browser; that is how it should be.
        if (
            message.type == "error"
            and not self.examining
            and "the server responded with a status" not in message.text
        ):
            self.complaints.append(message.text)

    def done(self):
        """Closes the browser; nothing may have left for elsewhere and nothing may have complained."""
        self.context.close()
        assert self.elsewhere == [], "requests to third parties"
        assert self.complaints == [], "the browser complained"

    def look(self, name: str):
        """axe, sideways scrolling and a picture, at both sizes and in both schemes; the page is left as it was."""
        before = self.page.viewport_size
        self.examining = True
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            over = self.page.evaluate(
                "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
            )
            assert over <= 0, f"{name} scrolls sideways by {over} px at {width}"
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                PICTURES.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
                findings = axe(self.debugger)
                assert not findings, f"axe on {name} at {width} px, {scheme}:\n" + "\n".join(findings)
        self.page.set_viewport_size(before)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.examining = False

    def heading(self, text: str | re.Pattern):
        expect(self.page.get_by_role("heading", name=text).first).to_be_visible()

    def press(self, name: str | re.Pattern, role: str = "button", within: Locator | None = None):
        (within or self.page).get_by_role(role, name=name).first.click()

    def fill_required(self, **typed):
        """Types what is given by the field's name, and something fitting into every other field that must be filled."""
        form = self.page.locator("form:has([name=name])")
        names = form.locator("[required]:not([type=hidden])").evaluate_all("all => all.map(one => one.name)")
        for name in dict.fromkeys([*typed, *names]):
            field = form.locator(f"[name='{name}']")
            kind = field.first.evaluate("one => one.type")
            if kind == "radio":
                if form.locator(f"[name='{name}']:checked").count() == 0:
                    field.first.check()
            elif kind == "select-one":
                field.select_option(index=1)
            elif name in typed:
                field.fill(typed[name])
            elif not field.input_value():
                field.fill(
                    {"email": "rasa@example.com", "phone": "+370 612 34567"}.get(name, "Something invented")
                )

    def sign_in(self, person: Person):
        self.page.goto(f"{self.house.staff}/sign-in")
        self.page.get_by_label("E-mail address").fill(person.email)
        self.page.get_by_label("Password").fill(person.password)
        self.page.get_by_label("Code from your app").fill(next_code(person.totp_secret))
        self.press(re.compile("^Sign in$"))
        self.page.wait_for_url(re.compile(r"/(day|record)$"))

    def tab_to(self, text: str):
        """Goes on by the Tab key until what has the focus is called `text`."""
        for _ in range(120):
            self.page.keyboard.press("Tab")
            name = self.page.evaluate(
                "(document.activeElement.getAttribute('aria-label') || document.activeElement.labels?.[0]?.innerText"
                " || document.activeElement.innerText || '').trim()"
            )
            if text in name:
                return
        raise AssertionError(f"the Tab key never reaches {text}")


def axe(debugger: CDPSession) -> list[str]:
    """What axe-core finds; run through the debugger, since the page's own policy allows no foreign script."""
    run = (
        AXE
        + "\n;axe.run(document, {resultTypes: ['violations']}).then(result => JSON.stringify(result.violations))"
    )
    answer = debugger.send(
        "Runtime.evaluate", {"expression": run, "awaitPromise": True, "returnByValue": True}
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return [
        f"{violation['id']} ({violation['impact']}): {node['html'][:160]} {node['failureSummary']}"
        for violation in json.loads(answer["result"]["value"])
        for node in violation["nodes"]
    ]
