"""Taking up an invite in a real browser; the picture for the app is read by a reader that is not ours (zbar)."""

import re
import shutil
import subprocess

import pyotp
import pytest
from playwright.sync_api import expect

import businesses
import server
from browser import SCHEMES, SIZES, Visitor


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    people = [businesses.person("ona", [], role="owner"), businesses.person("tadas", ["repair"])]
    business = businesses.house("invite-house", people, [businesses.service("repair", 30)])
    house = server.serve(tmp_path_factory.mktemp("invite"), business)
    yield house
    house.server.stop()


def scanned(picture: bytes) -> str:
    reader = shutil.which("zbarimg")
    assert reader, "zbarimg is not installed: scripts/install test installs it"
    done = subprocess.run(
        [reader, "--quiet", "--raw", "--oneshot", "-Sdisable", "-Sqrcode.enable", "-"],
        input=picture,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, f"no QR code was found: {done.stderr.decode()}"
    return done.stdout.decode().strip()


def test_the_code_on_the_page_can_be_scanned_small_and_large_light_and_dark(house, chromium):
    visitor = Visitor(chromium, house)
    page = visitor.page
    page.goto(f"{house.staff}/invite#{server.invite(house, 'ona')}")
    visitor.heading(re.compile("Welcome"))
    link = page.get_by_role("link", name="add it with one tap").get_attribute("href")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            picture = page.get_by_role("img", name="QR code for your authenticator app").screenshot()
            assert scanned(picture) == link, f"{width} px, {scheme}"
    visitor.look("invite-set-up")
    secret = re.search(r"secret=([A-Z2-7]+)", link)[1]
    page.get_by_label("Code the app shows now").fill(pyotp.TOTP(secret).now())
    page.get_by_label("New password").fill(server.PASSWORD)
    visitor.press("Finish and sign in")
    page.wait_for_url(re.compile("/account"))
    expect(page.get_by_text("All is set up, and you are signed in")).to_be_visible()
    visitor.done()


def test_without_scripts_the_code_is_typed_and_the_picture_is_there(house, chromium):
    visitor = Visitor(chromium, house, scripts=False, size=SIZES[0])
    page = visitor.page
    page.goto(f"{house.staff}/invite")
    page.get_by_label("Invite code").fill(server.invite(house, "tadas"))
    visitor.press("Go on")
    link = page.get_by_role("link", name="add it with one tap").get_attribute("href")
    picture = page.get_by_role("img", name="QR code for your authenticator app").screenshot()
    assert scanned(picture) == link
    visitor.done()
