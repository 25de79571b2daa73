"""Where the parts of the desk are found."""

from __future__ import annotations

from studio.desk.office import OfficeDesk
from studio.installation import Installation


class Desk:
    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.office = OfficeDesk(installation)
