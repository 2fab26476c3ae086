"""How is a solved point told?"""
