"""What does another scenario change?"""
