"""The browser tests can fail: each kind of trouble that a page may make is noticed."""

import pytest

from browser import Visit, _listen, leaves_sideways, violations

FRAME = '<!DOCTYPE html><html lang="en"><title>t</title><main><h1>t</h1>{}</main></html>'
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>console.error('no')</script>",
        "<script>throw new Error('no')</script>",
        "<img alt='' src='https://example.org/picture.png'>",
        "<link rel=stylesheet href=elsewhere.css>",
        "<script>fetch('other.json').catch(() => 0)</script>",
        POLICY + "<p style='color: red'>styled</p>",
        "<script>alert(1)</script>",
        "<script>onclick = () => open('about:blank')</script>",
    ],
)
def test_trouble_is_noticed(request: pytest.FixtureRequest, inside: str) -> None:
    browser = request.getfixturevalue("browser")
    folder = request.getfixturevalue("tmp_path")
    (folder / "page.html").write_text(FRAME.format(inside), "utf-8")
    troubles: list[str] = []
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        address = (folder / "page.html").as_uri()
        _listen(page, address, troubles)
        page.goto(address)
        page.click("h1")
        for _ in range(600):  # what is said comes when the browser gets to it
            if troubles:
                break
            page.wait_for_timeout(50)
    assert troubles


def test_a_quiet_page_is_no_trouble(visit: Visit) -> None:
    page = visit(FRAME.format("<p>Nothing.</p><img alt='' src='data:,'>"), "#there")
    assert page.title() == "t"
    assert violations(page) == []
    assert leaves_sideways(page) == []


def test_what_some_readers_cannot_use_is_noticed_by_light_and_by_dark(visit: Visit) -> None:
    style = "<style>@media (prefers-color-scheme: dark) { p { color: #eee } }</style>"
    page = visit(FRAME.format(f"{style}<button></button><p>Pale.</p>"))
    found = violations(page, dark=True)
    assert [line.split(":")[:2] for line in found] == [
        ["light", " button-name"], ["dark", " color-contrast"],
    ]  # fmt: skip


def test_a_page_too_wide_for_a_phone_is_noticed(visit: Visit) -> None:
    page = visit(
        FRAME.format("<div><pre>" + "wide " * 99 + "</pre></div>"),
        viewport={"width": 320, "height": 600},
    )
    assert "PRE." in leaves_sideways(page)
