"""How is a lecture made? Each text source is run from top to bottom and kept with what it printed and drew.

``python notebooks/build.py`` rebuilds every notebook of this folder; ``python notebooks/build.py FOLDER`` writes them
somewhere else. Two builds on one machine are the same to the last byte.
"""

from __future__ import annotations

import sys
import warnings
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
    """Return a source as a notebook not yet run; its cells have ids that never change, and a part in a deck."""
    notebook: nbformat.NotebookNode = jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent")
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id, cell.metadata = f"cell-{number}", {"slideshow": cell.metadata["slideshow"]}
    return notebook


def run(notebook: nbformat.NotebookNode) -> None:
    """Run a notebook with this very Python, whatever kernels the machine has installed."""
    client = NotebookClient(
        notebook,
        km=AsyncKernelManager(kernel_spec_manager=KernelSpecManager(kernel_dirs=[])),
        resources={"metadata": {"path": str(HOME)}},
        timeout=PATIENCE_SECONDS,
        coalesce_streams=True,  # or the pieces in which a cell's words arrive would depend on the machine's mood
        record_timing=False,
        extra_arguments=["--log-level=ERROR"],
    )
    client.execute(cleanup_kc=True)
    notebook.metadata = METADATA


def build(folder: Path) -> None:
    """Build every notebook into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources():
        notebook = read(source)
        run(notebook)
        text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
        (folder / f"{source.stem}.ipynb").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    # The default loop on Windows cannot watch a kernel's sockets; the helper thread it gets instead is fine.
    warnings.filterwarnings("ignore", message="Proactor event loop does not implement", category=RuntimeWarning)
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)
