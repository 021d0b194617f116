"""Runs: what is due is done, by cron or by the daemon, one at a time; and how it went."""
