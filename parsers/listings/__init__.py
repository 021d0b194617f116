"""Ways of announcing pages, one module each: a capture of the announcement becomes a Listing. Pure."""
