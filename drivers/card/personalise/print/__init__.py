"""What a specimen card shows: its front, copies of it, and what a camera sees of them.

Never shipped. HKID-like only as far as the terminal looks (docs/document.md,
"Specimens"); SPECIMEN stands across every card in large letters.
"""
