# SPDX-License-Identifier: Apache-2.0
"""The batch window: one right asked of many companies."""
