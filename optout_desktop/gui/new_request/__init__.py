# SPDX-License-Identifier: Apache-2.0
"""Writing a request: four steps from a wish to a letter that was sent.

``wizard`` joins the steps (``what``, ``who``, ``about_you``, ``letter``) and keeps the draft; ``letter`` with
``send`` also stands alone in ``letter_dialog`` for reminders and for sending again.
"""
