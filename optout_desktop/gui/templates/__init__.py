# SPDX-License-Identifier: Apache-2.0
"""Own templates: their list, and the editor that checks them while they are written."""
