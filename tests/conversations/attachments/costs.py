"""A process of its own that looks at files and prints what each cost: ``python -m … FOLDER``."""

import json
import os
import re
import sys
import time
from pathlib import Path

from jumper_app.channels import CHANNELS
from jumper_app.conversations.attachments import landing, prepare
from jumper_app.errors import BadInput
from tests import files


def look(name: str, content: bytes) -> str:
    """Its media type, or the sentence of its refusal."""
    with landing() as came, landing() as anew:
        came.write(content)
        try:
            return prepare(CHANNELS["whatsapp"], came, name, anew).mime
        except BadInput as refusal:
            return refusal.for_agent


def memory(name: str) -> int:
    """Bytes of this process: ``VmRSS`` now, ``VmHWM`` at most since ``forget_peak``."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) * 1024


def forget_peak() -> None:
    """Source: Linux, Documentation/filesystems/proc.rst, ``clear_refs``."""
    Path("/proc/self/clear_refs").write_text("5")


def cost(path: Path) -> dict[str, object]:
    """What looking at a file takes, beyond its own bytes."""
    content = path.read_bytes()
    forget_peak()
    before, begun = memory("VmRSS"), time.process_time()
    verdict = look(path.name, content)
    spent, peak = time.process_time() - begun, memory("VmHWM")
    return {"name": path.name, "verdict": verdict, "bytes": peak - before, "cpu_s": spent}


def in_a_child(path: Path) -> dict[str, object]:
    """Its cost in a copy of this process, which holds no memory of another file's."""
    reader, writer = os.pipe()
    if not os.fork():
        os.write(writer, json.dumps(cost(path)).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        answer = told.read()
    os.wait()
    return json.loads(answer)


if __name__ == "__main__":
    for form in ("JPEG", "PNG", "WEBP", "GIF", "AVIF"):  # what a decoder loads once
        look(f"warm.{form.lower()}", files.picture(form))
    found = [in_a_child(path) for path in sorted(Path(sys.argv[1]).iterdir())]
    sys.stdout.write(json.dumps(found))
