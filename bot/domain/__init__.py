"""The rules. Values in, values out; a no is a `Refusal`. Time, chance and ids are arguments."""
