# SPDX-License-Identifier: Apache-2.0
"""The requests: a list on one side, one request with everything about it on the other."""
