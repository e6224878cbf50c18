"""The flows of personal data: the steps each activity yields, the graph of them, and the regions they cover."""
