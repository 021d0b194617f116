"""One module a command. Each has a `run` that returns an exit code; `cli` imports it only when it is called."""
