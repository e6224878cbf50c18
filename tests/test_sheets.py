"""Records of processing as people keep them: each file can be made, and says what its expected entries rest on."""

import pytest

from held_back_sheets import HELD_BACK
from messy_sheets import FIVE, MessySheet


@pytest.mark.parametrize("sheet", [*FIVE, *HELD_BACK], ids=lambda sheet: sheet.name)
def test_every_sheet_can_be_made_and_expects_entries_with_people_data_and_purposes(
    sheet: MessySheet,
) -> None:
    assert sheet.content()
    for name, entry in sheet.entries.items():
        assert {"subjects", "data", "purposes"} <= entry.keys(), name
