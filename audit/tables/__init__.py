"""Figures of profiles from tables that other tools exported, read and taken into the history."""
