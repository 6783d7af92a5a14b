# SPDX-License-Identifier: Apache-2.0
"""The outbox: what waits to be sent by mail account, what became of it, and the batches."""
