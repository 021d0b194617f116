"""Where pages come from: what announces them, and what was saved before."""
