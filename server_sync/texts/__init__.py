"""Words of the server, for its command line and its web pages: gettext catalogues and what each error kind says."""

from server_sync.texts.catalogue import _, language_of, speak

__all__ = ["_", "language_of", "speak"]
