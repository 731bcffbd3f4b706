"""Pictures of the HTML report at three widths, light and dark, to be looked at; two of them stand in the README.

`python docs/screenshots.py FOLDER` writes all of them (wants the extra `browser` and a chromium), `--readme` the two
into `docs/images/`.  What they show is the example of Camp Rusafa with reports written by hand (`tests/answers/`).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from summarizer.rendering import render  # noqa: E402
from tests.chromium import CHROMIUM, FLAGS  # noqa: E402
from tests.gold import rusafa  # noqa: E402

WIDTHS = (360, 800, 1280)
SCHEMES = ("light", "dark")


def open_report(browser: Browser, file: Path, width: int, scheme: str, height: int = 900) -> Page:
    """The report in a window of that width."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    return page


def open_dispute(page: Page) -> None:
    """What an analyst does first: the disputed field's quotes side by side, and the dissenting one in its article."""
    page.locator("tbody.disputed .field").first.click()
    page.locator("tbody.disputed td.differs a").first.click()


def main() -> None:
    """Write the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("screenshots"))
    parser.add_argument("--readme", action="store_true", help="only the two of the README")
    options = parser.parse_args()
    folder = ROOT / "docs" / "images" if options.readme else options.folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        file = Path(scratch) / "report.html"
        file.write_text(render(rusafa(), "html"), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if options.readme:
            open_report(browser, file, 1280, "light", 860).screenshot(path=folder / "report-light.png")
            page = open_report(browser, file, 1280, "dark", 860)
            open_dispute(page)
            page.locator("#i1 figure.time").evaluate("figure => scrollTo(0, figure.offsetTop - 12)")
            page.screenshot(path=folder / "report-dark.png")
        for width, scheme in ((w, s) for w in WIDTHS for s in SCHEMES if not options.readme):
            page = open_report(browser, file, width, scheme)
            page.screenshot(path=folder / f"{width}-{scheme}.png", full_page=True)
            open_dispute(page)
            page.screenshot(path=folder / f"{width}-{scheme}-dispute.png")
        browser.close()


if __name__ == "__main__":
    main()
