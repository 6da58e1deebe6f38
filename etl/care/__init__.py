"""What the registrations of Wmo and Jeugdwet have in common: awards, declarations, and the code lists of iWmo and iJw.

Used by etl/sources/wmo.py and etl/sources/jeugd.py, which only say which of the two laws they are.
"""
