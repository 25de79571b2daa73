"""The pages. They show what the desk says and pass on what is asked; they hold no state of anybody."""

from studio.pages.site import Site

__all__ = ["Site"]
