"""Pure numbers from visits: one file per subject."""
