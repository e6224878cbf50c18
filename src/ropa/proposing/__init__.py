"""Statements that are proposed: from the words of a notice, or by anybody else; and what becomes of them."""
