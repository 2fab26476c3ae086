"""How is a lecture made? Each text source is run from top to bottom and kept with what it printed and drew.

``python notebooks/build.py`` rebuilds every notebook of this folder; ``python notebooks/build.py FOLDER`` writes them
somewhere else. Two builds on one machine are the same to the last byte.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import jupytext
import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

HOME = Path(__file__).resolve().parent

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "name": "python"},
}
"""What a notebook says of its language: no version, so that a build does not depend on it."""

PATIENCE_SECONDS = 120
"""How long one cell may take: far longer than any should, so that a busy machine is no failure."""


def sources() -> list[Path]:
    """Return the text sources of all notebooks, sorted by name."""
    return sorted(path for path in HOME.glob("*.py") if path.name != Path(__file__).name)


def read(source: Path) -> nbformat.NotebookNode:
    """Return a source as a notebook that has not been run, with ids that never change."""
    notebook = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id, cell.metadata = f"cell-{number}", {}
    return notebook


def run(notebook: nbformat.NotebookNode) -> None:
    """Run a notebook with this very Python, whatever kernels the machine has installed."""
    kernel = AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[]))
    where = {"metadata": {"path": str(HOME)}}
    NotebookClient(notebook, km=kernel, resources=where, timeout=PATIENCE_SECONDS, record_timing=False).execute()
    notebook.metadata = nbformat.from_dict(METADATA)


def build(folder: Path) -> None:
    """Build every notebook into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources():
        notebook = read(source)
        run(notebook)
        (folder / f"{source.stem}.ipynb").write_text(nbformat.writes(notebook), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    if sys.platform == "win32":  # the default loop there cannot watch the sockets of a kernel
        asyncio.set_event_loop_policy(asyncio.WindowsSelectorEventLoopPolicy())
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)
