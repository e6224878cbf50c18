.PHONY: report test check docs golden mutants benchmark thorough

report test check docs golden mutants:
	python3 dev.py $@

# Heavier than CI: more random cases, and the sizes of a whole country.
thorough:
	ROPA_THOROUGH=1 python3 dev.py test

benchmark:
	.venv/bin/python benchmarks/run.py 1000 10000
