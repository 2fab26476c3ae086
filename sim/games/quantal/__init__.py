"""How do players choose who err?"""
