# SPDX-License-Identifier: Apache-2.0
"""OptOut Desktop: a local, encrypted record of every company that was asked to stop."""

__version__ = "0.1.0"
APP_NAME = "OptOut Desktop"
"""What the app is called, in every language."""
