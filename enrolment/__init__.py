"""Reference server of the central register: takes sealed records, signs for them.

This API is the project's own invention: no public enrolment interface of
iAM Smart exists (docs/hkid.md).
"""
