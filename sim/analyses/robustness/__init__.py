"""Which stance holds up when nobody knows which draw is the world?"""
