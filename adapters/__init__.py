"""One package a platform."""
