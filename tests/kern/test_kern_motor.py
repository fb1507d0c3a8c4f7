"""The engine starts everywhere that an analyst may sit."""

import nbclient
import nbformat

from analyse.kern.motor import verbinding


def test_de_motor_rekent():
    assert verbinding(threads=1).raw_sql("SELECT 1 + 1").fetchone() == (2,)


def test_de_motor_start_in_een_echte_notebookkernel():
    """DuckDB looks for Jupyter and behaves differently there."""
    cel = nbformat.v4.new_code_cell("from analyse.kern.motor import verbinding\nverbinding()")
    notebook = nbformat.v4.new_notebook(cells=[cel])
    nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    assert all(uitvoer["output_type"] != "error" for uitvoer in notebook.cells[0].outputs)
