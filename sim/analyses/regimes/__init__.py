"""Where does the crisis tip?"""
