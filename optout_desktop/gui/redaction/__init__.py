# SPDX-License-Identifier: Apache-2.0
"""Copies of identity documents that may leave the machine: cropped, blacked out, marked for one request."""
