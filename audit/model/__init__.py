"""The types that cross steps: frozen values, no behaviour beyond what follows from their fields."""
