# SPDX-License-Identifier: Apache-2.0
"""Requests leave for a file that is not encrypted, and come in from one."""
