"""Search over meetings, what was reported on them, proposed and decided."""

from storage.search_index import index_meeting

__all__ = ["index_meeting"]
