#!/usr/bin/env python3
"""Saves the top of a run's report.html as a picture for docs/images: picture.py RUN OUT.png

To make docs/images/quickstart-report.png, run scripts/quickstart.sh, then

    tests/python/report/picture.py runs/quickstart docs/images/quickstart-report.png

It needs what report_test.py needs, and python3-pil.
"""
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from PIL import Image
from report.browser import Browser

WIDTH, HEIGHT = 1140, 1600


def main():
    run, out = (pathlib.Path(name).resolve() for name in sys.argv[1:])
    with tempfile.TemporaryDirectory() as work, Browser(work) as browser:
        driver = browser.driver
        driver.set_window_size(WIDTH, HEIGHT)
        driver.set_window_size(WIDTH, 2 * HEIGHT - driver.execute_script("return innerHeight"))  # the window has a frame
        driver.get((run / "report.html").as_uri())
        time.sleep(3)  # charts are drawn one by one
        driver.save_screenshot(str(out))
    Image.open(out).convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE,
                                            dither=Image.Dither.NONE).save(out, optimize=True)


main()
