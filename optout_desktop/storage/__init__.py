# SPDX-License-Identifier: Apache-2.0
"""The vault: one encrypted database in a private folder, used from one thread."""
