"""One page of the web, fetched because somebody asked for it: the only room that opens a connection."""
