"""Why does one stance deter better than another?"""
