# SPDX-License-Identifier: Apache-2.0
"""The machine and the network: each module hands over one part of the outside world as domain values."""
