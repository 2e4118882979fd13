"""Start the one Chromium that all tests of a run share: Playwright runs only once in a process."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# the shell without windows first: it draws the same pages with half the work
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# pages that Chromium opens for its own address bar and buttons behind every page: a third of the time of a visit.
# A list of one's own takes the place of Playwright's, so what that leaves out for good reasons is named again.
LEFT_OUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "InitialWebUI", "WebUIReloadButton",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
    "PreconnectToSearch",
)  # fmt: skip
# nothing that Chromium itself would ask of the network, and no host but this machine; one process for all pages of a
# context, so that a page finds the scripts compiled by the one before
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--process-per-site",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    f"--disable-features={','.join(LEFT_OUT)}",
)  # fmt: skip


@contextmanager
def started() -> Iterator[Browser]:
    """Give a browser for as long as it is used. Raises RuntimeError without one on this machine."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        raise RuntimeError(
            f"The browser tests need one of {', '.join(CHROMIUM_NAMES)} on the PATH. "
            "On Debian: apt-get install chromium-headless-shell"
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()
