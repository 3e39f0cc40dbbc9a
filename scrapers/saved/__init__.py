"""Pages that people saved in their browsers: found in a folder, taken apart, and matched."""
