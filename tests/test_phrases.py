"""Names and words as they stand inside a sentence."""

import pytest

from ropa.saying import phrases


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Department for Education", "the Department for Education"),
        ("Office for National Statistics", "the Office for National Statistics"),
        ("Family Court at Exampleton", "the Family Court at Exampleton"),
        ("Ofsted", "Ofsted"),
        ("Officeworks Ltd", "Officeworks Ltd"),
        ("Departmental Supplies Ltd", "Departmental Supplies Ltd"),
    ],
)
def test_an_office_takes_its_article_and_a_firm_none(name: str, said: str) -> None:
    assert phrases.body(name) == said
