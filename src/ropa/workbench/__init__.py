"""The workbench: a register in the browser, where a change shows what it does before it is saved."""
