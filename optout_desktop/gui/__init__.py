# SPDX-License-Identifier: Apache-2.0
"""What people see: pages ask services and show what comes back.

The floor that every page stands on: ``theme`` (colours, sizes), ``icons``, ``keymap`` (keys and menus),
``tasks`` (work off the GUI thread), ``dialogs`` and ``errors`` (the two doors for questions and for
mishaps), the widgets (``chips``, ``tiles``, ``fields``, ``toast``, …) and ``paged_table`` (long lists).
"""
