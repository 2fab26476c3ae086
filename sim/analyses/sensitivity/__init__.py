"""Which parameters drive the answer, and what do they rest on?"""
