"""A reading as it is shown: JSON, a terminal, one HTML file. Pure but for one packaged file."""
