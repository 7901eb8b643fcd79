"""What is unusual about a terminal, said in a sentence with numbers. NO I/O."""
