"""How the verdict on a flow comes about; `ropa.coverage` asks it of every flow."""
