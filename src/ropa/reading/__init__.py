"""What each sentence of a notice says: the register's words in, readings out, and no statement known."""
