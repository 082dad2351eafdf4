"""Porchlight: a bot that introduces peers, keeps circles, and cannot hear what people say to each other."""
