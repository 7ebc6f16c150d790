"""From a rendered bank to a practice site: files for any web server, or to be opened from disk."""

from mcqdeck.site.whole import File, Site, front_page

__all__ = ["File", "Site", "front_page"]
