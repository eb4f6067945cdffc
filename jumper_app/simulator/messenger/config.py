"""Whose pages the stand-in serves, and what Meta has granted their app."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """A Facebook page with its access token."""

    page_id: str
    name: str
    token: str = field(repr=False)

    @property
    def link(self) -> str:
        """Where customers find it."""
        return f"https://m.me/{self.page_id}"


@dataclass(frozen=True)
class Pages:
    """The pages of one app.

    Attributes:
        human_agent: Meta has granted the feature Human Agent.
        profiles: Meta has granted Business Asset User Profile Access.
    """

    pages: tuple[Page, ...]
    human_agent: bool = True
    profiles: bool = True

    def page(self, page_id: str) -> Page | None:
        """The page with that id, or None."""
        return next((one for one in self.pages if one.page_id == page_id), None)
