# SPDX-License-Identifier: Apache-2.0
"""Companies on screen: the directory with the person's own words over it, and the parts that show one."""
