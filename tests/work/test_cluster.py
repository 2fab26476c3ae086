"""Is a cluster that cannot do the work told for what it is, in one line?

Deliberate break that turned a test red: the scheduler's version not asked for.
"""

from __future__ import annotations

import pytest

from sim.work.cluster import ClusterError, cluster

distributed = pytest.importorskip("distributed")


def test_a_scheduler_of_another_version_is_refused_and_both_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.work.cluster.version_at", lambda _: "2024.8.0")
    said = rf"^the dask scheduler at tcp://h:1 has distributed 2024\.8\.0, this machine {distributed.__version__}: both"
    with pytest.raises(ClusterError, match=said), cluster("tcp://h:1"):
        pass


# A connection that dask gives up may leave a coroutine of its own that nobody awaits, whenever that is collected.
@pytest.mark.filterwarnings("ignore:coroutine 'wait_for' was never awaited:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_nobody_at_the_address_is_told_before_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.work.cluster.PATIENCE", "0.2s")
    said = r"^no dask scheduler answers at tcp://127\.0\.0\.1:9: "
    with pytest.raises(ClusterError, match=said), cluster("tcp://127.0.0.1:9"):
        pass
