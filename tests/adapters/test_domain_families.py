# SPDX-License-Identifier: Apache-2.0
"""Which part of a host name somebody owns."""

from __future__ import annotations

import pytest

from optout_desktop.adapters.domain_families import family_of


@pytest.mark.parametrize(
    ("host", "family"),
    [
        ("www.acme.co.uk", "acme.co.uk"),
        ("https://privacy.acme.com:8443/form?x=1#y", "acme.com"),
        ("ACME.com.", "acme.com"),
        ("http://me@mail.acme.com/", "acme.com"),
        ("mine.github.io", "mine.github.io"),
        ("co.uk", ""),
        ("com", ""),
        ("localhost", ""),
        ("1.2.3.4", ""),
        ("http://[2001:db8::1]:80/", ""),
        ("", ""),
        ("a." * 200 + "com", ""),
    ],
)
def test_the_family_of_a_host_is_what_somebody_registered(host, family):
    assert family_of(host) == family
