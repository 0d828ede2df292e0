"""Lets the program under test meet faults that no test can wait for: a disk that fails once, a file that is replaced between two
readings, a clock that is wrong. tests/support/faults.c makes them."""
import os
import pathlib

from sweep_lib import call, good

SOURCE = pathlib.Path(__file__).parents[1] / "support" / "faults.c"


class Faults:
    def __init__(self, program, work):
        self.program, self.fired = program, work / "fired"
        self.library = work / "faults.so"
        good("cc", "-O1", "-shared", "-fPIC", "-o", self.library, SOURCE, "-ldl")

    def call(self, *words, **settings):
        """Runs the program with settings of faults.c. Returns what it did, and whether the fault happened."""
        self.fired.unlink(missing_ok=True)
        environment = {**os.environ, "LD_PRELOAD": str(self.library), "FAULT_FIRED": str(self.fired),
                       **{name: str(value) for name, value in settings.items()}}
        done = call(self.program, *words, env=environment)
        return done, self.fired.exists()

    def at_each_opening(self, file, run, **settings):
        """Calls run(n, meet) for n = 1, 2, … as long as the program opens the file n times. `meet(words…)` runs the program, which
        meets the fault at the n-th opening. Returns how often the file was opened."""
        fired, n = True, 0
        while fired:
            n += 1
            results = []

            def meet(*words):
                done, happened = self.call(*words, FAULT_FILE=file, FAULT_AT=n, **settings)
                results.append(happened)
                return done

            run(n, meet)
            fired = any(results)
        return n - 1
