"""How is one game drawn: its tree, the beliefs, quantal play?"""
