"""Records and results in files: a stored record read back, a result written whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from .errors import RecordFormatError, RecordMissingError, SettingError
from .schemas import Summary
from .schemas.record import SCHEMA_VERSION


def read_record(path: Path, *, stdin: BinaryIO | None = None) -> Summary:
    """The summary that `summarize --format json` stored in the file; `-` reads `stdin`.

    Raises RecordMissingError where there is no such file, RecordFormatError where it holds no record, or one of a later
    version.
    """
    name = "stdin" if str(path) == "-" else str(path)
    try:
        raw = stdin.read() if stdin is not None and name == "stdin" else path.read_bytes()
    except OSError as wrong:
        raise RecordMissingError(f"{name} cannot be read ({wrong.strerror})", subject=name) from wrong
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise RecordFormatError(f"{name} is not JSON; write a record with --format json", subject=name) from wrong
    version = data.get("schema_version") if isinstance(data, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise RecordFormatError(
            f"{name} is a record of schema version {version}; this program reads up to {SCHEMA_VERSION}: update it",
            subject=name,
        )
    try:
        return Summary.model_validate(data)
    except ValidationError as wrong:
        first = wrong.errors(include_input=False, include_url=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the top"
        raise RecordFormatError(
            f"{name} is not a record of this program: {first['msg']} at {where}", subject=name
        ) from wrong


def write_whole(path: Path, text: str) -> None:
    """Write the file whole or not at all: to a neighbour first, which then takes its name.

    Raises SettingError where the folder does not take it.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as wrong:
        raise SettingError(f"--out {path} cannot be written ({wrong.strerror})", subject="--out") from wrong


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
