"""How does a game travel to Gambit and back?"""
