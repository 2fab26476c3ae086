"""How does a TOML file become keys, stances and parameters, each with its place in the text?"""
