"""Looks at one page with a headless Chromium."""
import base64
import json
import pathlib
import shutil
import socket
import time

SKIPPED = 77

try:
    from selenium import webdriver
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select
except ImportError:
    webdriver = None

# What a chart looks like from outside: its marks, texts that reach over its edge, neighbouring labels that touch.
CHART = """
const host = document.querySelector(`[data-chart=${arguments[0]}]`);
if (!host) return null;
const svg = host.querySelector('svg'), frame = svg.getBoundingClientRect();
const seen = (node) => { const box = node.getBoundingClientRect(); return box.width > 0 || box.height > 0; };
const shapes = '[class*=role-mark] > path, [class*=role-mark] > line, [class*=role-mark] g path';
const marks = [...svg.querySelectorAll(shapes)].filter(seen);
const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim() && seen(text)
                                                          && text.style.opacity !== '0' && text.getAttribute('opacity') !== '0');
const outside = texts.filter((text) => {
  const box = text.getBoundingClientRect();
  return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
}).map((text) => text.textContent);
const overlapping = [];
for (const axis of svg.querySelectorAll('.role-axis-label')) {
  const boxes = [...axis.querySelectorAll('text')].filter((text) => texts.includes(text))
                                                       .map((text) => text.getBoundingClientRect());
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom) overlapping.push(i);
  }));
}
return {marks: marks.length, width: frame.width, height: frame.height, outside, overlapping,
        label: host.getAttribute('aria-label')};
"""
FILLS = """return [...document.querySelectorAll(`[data-chart=${arguments[0]}] .mark-rect path`)]
                  .map((cell) => getComputedStyle(cell).fill).join()"""
BRIGHTNESS = """
const colour = getComputedStyle(document.querySelector(arguments[0]))[arguments[1]].match(/[0-9.]+/g).map(Number);
return 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2];
"""


def find_localhost():
    """Makes `localhost` known to Selenium. A bare machine may have no /etc/hosts."""
    lookup = socket.getaddrinfo
    try:
        lookup("localhost", None)
    except OSError:
        socket.getaddrinfo = lambda host, *more, **named: lookup("127.0.0.1" if host == "localhost" else host, *more, **named)


def missing_browser():
    if webdriver is None:
        return "python3-selenium"
    return next((name for name in ("chromium", "chromedriver") if not shutil.which(name)), None)


class Browser:
    def __init__(self, work):
        self.work = pathlib.Path(work)
        find_localhost()
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        # By a pipe: a bare machine may have no /etc/hosts, so no localhost that chromedriver could connect to.
        for flag in ("--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--hide-scrollbars",
                     f"--user-data-dir={self.work / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        service = webdriver.chrome.service.Service(shutil.which("chromedriver"))
        self.driver = webdriver.Chrome(service=service, options=options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()
        shutil.rmtree(self.work / "profile", ignore_errors=True)

    def open(self, page, width=1280, scheme="light"):
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        self.console(), self.requests()
        self.driver.get(page.resolve().as_uri())
        time.sleep(0.3)  # an observer of sizes may still draw again

    def console(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Returns the addresses that were requested since the last call, other than the page itself and the data within it."""
        messages = (json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance"))
        asked = [message["params"]["request"]["url"] for message in messages
                 if message["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith((self.work.resolve().as_uri(), "data:"))]

    def js(self, expression):
        return self.driver.execute_script(f"return {expression}")

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.js(f"document.querySelector({json.dumps(selector)})?.textContent ?? ''").replace("\u00a0", " ")

    def texts(self, selector):
        return self.js(f"[...document.querySelectorAll({json.dumps(selector)})].map((node) => node.textContent)")

    def chart(self, name):
        return self.driver.execute_script(CHART, name)

    def fills(self, name):
        return self.driver.execute_script(FILLS, name)

    def brightness(self, selector, property_name):
        return self.driver.execute_script(BRIGHTNESS, selector, property_name)

    def tooltip(self):
        return self.js("document.getElementById('tooltip').hidden ? '' : document.getElementById('tooltip').innerText")

    def point_at(self, element):
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self.driver, duration=20).move_to_element(element).perform()

    def hover_best_cell(self):
        self.point_at(self.find("[data-chart=surface] .mark-symbol.role-mark path"))
        return self.tooltip()

    def leave(self):
        self.point_at(self.find("h1"))

    def tooltip_of(self, chart):
        """Returns the tooltip of some mark in the chart. Marks may lie under others, so they are tried until one answers."""
        marks = self.driver.find_elements(
            By.CSS_SELECTOR, f"[data-chart={chart}] :is(.mark-rect, .mark-symbol).role-mark path")
        for mark in marks[:40]:
            if mark.size["width"] * mark.size["height"] > 1 and mark.size["width"] < 600:
                self.point_at(mark)
                if self.tooltip():
                    return self.tooltip()
        return ""

    def press(self, selector, key, times):
        element = self.find(selector)
        self.driver.execute_script("arguments[0].focus()", element)
        for _ in range(times):
            ActionChains(self.driver, duration=0).send_keys(getattr(Keys, key)).perform()

    def choose(self, selector, value):
        Select(self.find(selector)).select_by_value(value)

    def choose_last(self, index):
        selects = self.driver.find_elements(By.TAG_NAME, "select")
        if index < len(selects):
            select = Select(selects[index])
            select.select_by_index(len(select.options) - 1)

    def pdf(self):
        answer = self.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True, "preferCSSPageSize": True})
        return base64.b64decode(answer["data"])

    def shoot(self, name):
        """Saves a picture of the whole page."""
        height = self.js("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": self.js("innerWidth"), "height": height, "scale": 1}
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        (self.work / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
