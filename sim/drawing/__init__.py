"""What do figures share, and how do they become files?"""
