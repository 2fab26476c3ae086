"""Which parameter values does each draw have, and how are a million of them summed up?"""
