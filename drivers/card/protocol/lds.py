"""The files of an eMRTD and where they are found.

Source: ICAO Doc 9303-10, 3.11 (master file) and 4.7 (application), tables 35 and 38.
"""

from drivers.card.protocol.files import File

ATR_INFO = File("EF.ATR/INFO", 0x2F01, 0x01, in_application=False)
CARD_ACCESS = File("EF.CardAccess", 0x011C, 0x1C, in_application=False)
CARD_SECURITY = File("EF.CardSecurity", 0x011D, 0x1D, in_application=False)
COM = File("EF.COM", 0x011E, 0x1E)
SOD = File("EF.SOD", 0x011D, 0x1D)
GROUPS = {number: File(f"EF.DG{number}", 0x0100 + number, number) for number in range(1, 17)}
"""Data groups by their number."""
PORTRAIT, PERSONAL_DETAILS, DOCUMENT_DETAILS, OPTIONAL_DETAILS = 2, 11, 12, 13
SECURITY_OPTIONS, ACTIVE_AUTHENTICATION_KEY = 14, 15
