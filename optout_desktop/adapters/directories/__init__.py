# SPDX-License-Identifier: Apache-2.0
"""One reader for each kind of list of companies; ``directory_files`` chooses between them."""
