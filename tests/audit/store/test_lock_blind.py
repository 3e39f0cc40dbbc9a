"""Where the system does not tell who lives, a lock that a process may hold is left to people."""

import json
import socket
from pathlib import Path

import pytest

from audit.model.errors import StoreError
from audit.store.lock import Lock
from tests.audit.store.test_lock import unsupported

GONE = {"pid": 99_999_999, "host": socket.gethostname(), "start": "", "how": "file"}


@pytest.mark.parametrize("name", ["run.lock.claim", "run.lock"])
def test_a_claim_of_which_nobody_can_tell_is_kept_and_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    (tmp_path / name).write_text(json.dumps(GONE), "utf-8")
    lock = Lock(tmp_path, unsupported) if name.endswith("claim") else Lock(tmp_path)
    with pytest.raises(StoreError, match=rf"delete {name} and start again"):
        lock.take()
    assert json.loads((tmp_path / name).read_text("utf-8")) == GONE
    (tmp_path / name).unlink()
    lock.take()
    lock.release()
