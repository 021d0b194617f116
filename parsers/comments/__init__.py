"""Readers' comments: from the page, by platform or by general looks, and from what else was fetched for it. Pure."""
