"""What becomes of the crisis month after month, and what does history teach?"""
