# SPDX-License-Identifier: Apache-2.0
"""People that requests are made for."""
