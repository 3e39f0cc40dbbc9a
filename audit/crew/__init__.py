"""Who visits the companies: plans and a catalogue go in, results come out."""
