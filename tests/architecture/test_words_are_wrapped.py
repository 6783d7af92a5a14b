# SPDX-License-Identifier: Apache-2.0
"""Every word that the window shows can be translated: it goes through tr(), whole.

The pseudo-language test sees what is on the screen; this one also sees the branch that no test enters.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, broken, dotted, modules, sample

SETTERS = {
    *("setText", "setPlainText", "setTitle", "setSubTitle", "setWindowTitle", "setLabelText", "setIconText"),
    *("setToolTip", "setStatusTip", "setWhatsThis", "setPlaceholderText", "setSpecialValueText"),
    *("setAccessibleName", "setAccessibleDescription", "setInformativeText", "setDetailedText"),
    *("setTabText", "setTabToolTip", "setItemText", "setHeaderLabels", "setHorizontalHeaderLabels"),
    *("setVerticalHeaderLabels", "setButtonText", "setCancelButtonText", "setPrefix", "setSuffix"),
    *(
        "addItem",
        "addItems",
        "insertItem",
        "addTab",
        "insertTab",
        "addRow",
        "addAction",
        "addMenu",
        "addSection",
    ),
    *("addButton", "showMessage"),
}
CONSTRUCTORS = {
    *("QLabel", "QPushButton", "QToolButton", "QCommandLinkButton", "QCheckBox", "QRadioButton", "QGroupBox"),
    *(
        "QAction",
        "QMenu",
        "QDockWidget",
        "QMessageBox",
        "QProgressDialog",
        "QListWidgetItem",
        "QTableWidgetItem",
    ),
    *("QTreeWidgetItem", "QStandardItem", "QWizardPage", "QErrorMessage"),
}
TRANSLATORS = {"tr", "translate", "_tr", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}
WORDS = re.compile(r"[^\W\d_].* |\b[A-Z][a-z]| .*[^\W\d_]")
"""A letter and a space, or a word with a capital: keys and object names have neither."""


def last_name(call: ast.Call) -> str:
    return dotted(call.func).rpartition(".")[2]


def bare_words(node: ast.expr) -> Iterator[ast.expr]:
    """The literals inside an expression that reach the screen without passing a translator."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and WORDS.search(node.value):
        yield node
    elif isinstance(node, ast.JoinedStr | ast.List | ast.Tuple):
        yield from (word for part in ast.iter_child_nodes(node) for word in bare_words(part))
    elif isinstance(node, ast.BinOp):
        yield from (*bare_words(node.left), *bare_words(node.right))
    elif isinstance(node, ast.IfExp):
        yield from (*bare_words(node.body), *bare_words(node.orelse))
    elif isinstance(node, ast.Call) and last_name(node) in {"format", "join"}:
        yield from bare_words(node.func.value) if isinstance(node.func, ast.Attribute) else ()


def untranslatable(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for call in module.calls():
        name = last_name(call)
        if name in SETTERS | CONSTRUCTORS:
            given = [*call.args, *(keyword.value for keyword in call.keywords)]
            yield from (
                (word, f"{name} shows words that no translator sees")
                for each in given
                for word in bare_words(each)
            )
        elif name in TRANSLATORS and any(isinstance(each, ast.JoinedStr | ast.BinOp) for each in call.args):
            yield call, f"{name} is given a text that is put together first: no catalogue can hold it"


def test_every_word_in_the_window_can_be_translated():
    assert broken(untranslatable, *modules("gui")) == []


@pytest.mark.parametrize(
    "line",
    [
        "label.setText('No requests yet')",
        "label.setText(f'Overdue by {days} days')",
        "label.setText('Due on %s' % day)",
        "label.setText('Due on {}'.format(day))",
        "label.setText('Yes' if flag else 'No')",
        "QPushButton('Send')",
        "QPushButton(text='Send')",
        "QtWidgets.QLabel('Who are you?', self)",
        "box.addItems(['By post', 'By e-mail'])",
        "self.setAccessibleName('Search requests')",
        "label.setText(self.tr(f'{count} requests'))",
        "label.setText(self.tr('Due on ' + day))",
        "label.setText(QCoreApplication.translate('Page', 'a' + 'b'))",
    ],
)
def test_an_untranslatable_word_is_found(line):
    assert broken(untranslatable, sample(line, "gui/sample.py"))


@pytest.mark.parametrize(
    "line",
    [
        "label.setText(self.tr('No requests yet'))",
        "label.setText(self.tr('{count} requests').format(count=count))",
        "label.setText(QCoreApplication.translate('Page', 'No requests yet'))",
        "label.setText('')",
        "label.setText('—')",
        "self.setObjectName('requests_page')",
        "box.addItem(self.tr('By post'), 'post')",
        "label.setText(company.name)",
    ],
)
def test_a_translated_word_passes(line):
    assert not broken(untranslatable, sample(line, "gui/sample.py"))
