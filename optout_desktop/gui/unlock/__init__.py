# SPDX-License-Identifier: Apache-2.0
"""The way in: pages that are seen while no vault is open."""
