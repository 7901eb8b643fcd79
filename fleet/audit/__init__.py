"""What people did, in a chain of hashes whose head is signed each day."""
