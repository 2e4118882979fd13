"""The record: proposals, meetings, decisions and coverage, kept in a database for many people at once."""
