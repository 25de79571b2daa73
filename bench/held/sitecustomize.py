"""Makes a worker stand still in the stage that STAND_STILL_IN names, for as long as the app above it lives.

Python runs this by itself where this folder is on its path. Some stages of a short film are over before anybody can
look, and a kill is to fall inside each.
"""

import os
import sys
import time
from dataclasses import replace


def _stand_still(stage: str) -> None:
    from pipeline.progress import Event, Steady

    app, passed_on = os.getppid(), Steady.__call__

    def standing(self: Steady, event: Event) -> None:
        if event.stage == stage:
            # The stage has begun, and so it is told; its first piece is made and not told yet.
            passed_on(self, replace(event, fraction=0.0, made=None))
            with self._lock:
                while os.getppid() == app:
                    time.sleep(0.02)
        passed_on(self, event)

    Steady.__call__ = standing  # type: ignore[method-assign]


if os.environ.get("STAND_STILL_IN") and "worker" in sys.orig_argv:
    _stand_still(os.environ["STAND_STILL_IN"])
