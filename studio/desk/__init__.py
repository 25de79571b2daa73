"""The desk: everything that can be asked of the studio, by a page, a program or a tool, under the same checks.

Every method takes the Caller first, and finds out by itself what that caller may see and do.
"""

from studio.desk.desk import Desk

__all__ = ["Desk"]
