"""Who may look at the fleet and do something about it: people, roles, sessions."""
