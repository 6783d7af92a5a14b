# SPDX-License-Identifier: Apache-2.0
"""What people do: one class a subject, one public method a use case.

A face (window or terminal) holds a ``Desk``: the services over one open vault. Every method of a service
that touches the vault runs on the vault's thread; what it hands back are frozen values.
"""
