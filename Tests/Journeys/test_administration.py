"""Administration on a port of its own (R31), and who stays out of it."""

import businesses
import server
from client import Client


def test_administration_is_on_its_own_port_and_nowhere_else(tmp_path):
    people = [businesses.person("ona", [], role="owner"), businesses.person("tadas", ["repair"])]
    business = businesses.house("admin-house", people, [businesses.service("repair", 30)])
    admin = server.free_port()
    house = server.serve(tmp_path, business, options=["--admin-port", str(admin)])
    try:
        server.enrol(house, "ona", "ona@example.test", "owner")
        owner = house.sign_in("owner")
        inside = Client(f"http://localhost:{admin}")
        inside.cookies.update(owner.cookies)
        for page in ("people", "mail", "review"):
            assert owner.get(f"{house.staff}/{page}").status == 404
            assert inside.get(f"{house.staff}/{page}").status == 200
        shown = owner.get(f"{house.staff}/day")
        assert shown.status == 200 and "/people" not in shown.text and "/mail" not in shown.text
        assert "/people" in inside.get(f"{house.staff}/day").text
        assert owner.post_form(f"{house.staff}/people/tadas/invite", {}).status == 404
        assert owner.request("DELETE", f"{house.staff}/mail").status == 404, "not even that it exists is told"
        assert inside.get("/book/admin-house").status == 200
    finally:
        house.stop()
