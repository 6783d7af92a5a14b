# SPDX-License-Identifier: Apache-2.0
"""Settings: one page a section; each change applies at once."""
