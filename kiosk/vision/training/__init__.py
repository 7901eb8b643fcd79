"""How the models of our own were made from consented portraits; not shipped."""
