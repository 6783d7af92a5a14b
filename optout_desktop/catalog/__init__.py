# SPDX-License-Identifier: Apache-2.0
"""What the app ships knowing, read-only: laws, regulators, letters and companies, from files to values of
the domain.

A file that is wrong costs itself and no other: it becomes a ``CatalogError`` that names file, line and field.
"""
