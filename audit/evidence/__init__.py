"""Where archived pages lie: in the data folder, and in the folder or store of a team."""
