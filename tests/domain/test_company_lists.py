# SPDX-License-Identifier: Apache-2.0
"""What an import is told to have found."""

from __future__ import annotations

from optout_desktop.domain.company_lists import (
    CompanyList,
    LeftOut,
    LeftOutReason,
    Likeness,
    ListedCompany,
    ListPreview,
    ListSource,
    PreviewRow,
)
from tests.builders import a_company


def test_rows_are_counted_by_likeness_and_values_are_no_rows():
    row = PreviewRow(listed=ListedCompany(place="2", company=a_company()), likeness=Likeness.NEW)
    found = CompanyList(
        source=ListSource.CSV, title="", file_name="", dated_on=None, companies=(), left_out=()
    )
    left_out = (
        LeftOut(place="3", reason=LeftOutReason.BAD_EMAIL),
        LeftOut(place="3", reason=LeftOutReason.NO_CONTACT),
    )
    preview = ListPreview(list=found, rows=(row,), left_out=left_out)

    assert [preview.count(each) for each in Likeness] == [1, 0, 0]
    assert preview.unusable == 1
