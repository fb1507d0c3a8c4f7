"""What every room of the house may use: periods, codes, table schemas, errors, atomic files.

Nothing in here knows another room; imports run downwards and end here.
"""
