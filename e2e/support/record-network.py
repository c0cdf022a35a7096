"""Writes a JSON line for each name that a machine asks for and each address that it sends a packet to.

Usage: record-network.py ADDRESS. ADDRESS is this computer's end of the link to the machine: a resolver answers there,
always with that address, so that whoever asks for a name goes on to connect. Linux, as root.
"""

import json
import socket
import struct
import subprocess
import sys
import threading

ADDRESS = sys.argv[1]
UDP, TCP = 17, 6
ALL_PROTOCOLS = 3  # ETH_P_ALL


def say(**line):
    print(json.dumps(line), flush=True)


def link_of(address):
    lines = subprocess.run(["ip", "-o", "-4", "addr"], capture_output=True, text=True, check=True).stdout
    return next(line.split()[1] for line in lines.splitlines() if f" {address}/" in line)


def name_in(query):
    labels, at = [], 12
    while query[at] != 0:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
        at += 1 + query[at]
    (kind,) = struct.unpack_from("!H", query, at + 1)
    return ".".join(labels), kind, query[12 : at + 5]


def resolve():
    """Answers every question (RFC 1035 section 4); for others than A there is no record."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind((ADDRESS, 53))
    say(ready=True)
    while True:
        query, asker = server.recvfrom(4096)
        try:
            name, kind, question = name_in(query)
        except (IndexError, struct.error):
            continue
        say(name=name)
        found = kind == 1
        head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, 1 if found else 0, 0, 0)
        record = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 60, 4) + socket.inet_aton(ADDRESS) if found else b""
        server.sendto(head + question + record, asker)


def watch():
    # Of no protocol until it is bound: else it hears every link of this computer meanwhile, other tests' loopback too.
    packets = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    packets.bind((link_of(ADDRESS), ALL_PROTOCOLS))
    seen = set()
    while True:
        frame, (_, _, direction, *_) = packets.recvfrom(65535)
        # Only what comes from the machine, and only IP: the link itself asks by ARP who is there.
        if direction == socket.PACKET_OUTGOING or frame[12:14] not in (b"\x08\x00", b"\x86\xdd"):
            continue
        if frame[12:14] == b"\x86\xdd":
            to, port = socket.inet_ntop(socket.AF_INET6, frame[38:54]), 0
        else:
            to, protocol, at = socket.inet_ntoa(frame[30:34]), frame[23], 14 + (frame[14] & 15) * 4
            port = struct.unpack_from("!H", frame, at + 2)[0] if protocol in (UDP, TCP) else 0
        if (to, port) in seen or (to, port) == (ADDRESS, 53):
            continue
        seen.add((to, port))
        say(to=to, port=port)


threading.Thread(target=watch, daemon=True).start()
resolve()
