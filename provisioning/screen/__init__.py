"""The wizard at the panel: the terminal's own screens, with provisioning in the engine's place.

The screens (``python -m ui --engine SOCKET``) show what they are told and report touches, here as
in service; what is done is done by the steps of `provisioning.acts`, here as at the keyboard.
"""
