"""Where the parts of the desk are found."""

from __future__ import annotations

from studio.desk.account import AccountDesk
from studio.desk.choices import Choices
from studio.desk.films import FilmsDesk
from studio.desk.office import OfficeDesk
from studio.desk.orders import Orders
from studio.desk.papers import Papers
from studio.desk.scenes import Scenes
from studio.desk.shelf import Shelf
from studio.desk.showcase import Showcase
from studio.installation import Installation
from studio.readiness import Readiness


class Desk:
    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.choices = Choices(installation)
        self.orders = Orders(installation)
        self.films = FilmsDesk(installation, self.orders)
        self.scenes = Scenes(installation, self.films)
        self.papers = Papers(installation)
        self.office = OfficeDesk(installation)
        self.shelf = Shelf(installation)
        self.showcase = Showcase(installation, self.films)
        self.account = AccountDesk(installation)
        self.readiness = Readiness(installation.settings, installation.store)
