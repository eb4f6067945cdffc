"""Runs a command in a network of its own that reaches nothing but itself (Linux)."""

import fcntl
import os
import socket
import struct
import sys

SET_FLAGS = 0x8914
"""SIOCSIFFLAGS, see netdevice(7)."""

UP = 0x1
"""IFF_UP."""


def raise_loopback() -> None:
    """A new network begins with its loopback device down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh", b"lo", UP))


if __name__ == "__main__":
    raise_loopback()
    os.execvp(sys.argv[1], sys.argv[1:])
