"""The making of a film: from a Brief to a Bundle."""

from pipeline.making.film import make, write_script
from pipeline.making.packaging import Bundle
from pipeline.making.services import Services, from_environment

__all__ = ["Bundle", "Services", "from_environment", "make", "write_script"]
