# SPDX-License-Identifier: Apache-2.0
"""The first screen: what is late, what is due, what waits, what to do now."""
