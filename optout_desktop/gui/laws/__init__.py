# SPDX-License-Identifier: Apache-2.0
"""Laws on screen: what each one says, the registers, and deadlines counted without any request."""
