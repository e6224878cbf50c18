"""What stands and what is accepted: waivers, comments, the baseline, which rules look, and signatures."""
