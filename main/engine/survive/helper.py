"""Holds connections inside a container for a person whose link to it comes and goes.

It is started over SSH and read from there: no file is left. It opens the far side of each connection, numbers the bytes
both ways and keeps what the other side has not had yet, so that both go on where they were on the next link. Only who
has the secret can use it, over a socket that only its owner can open. It ends by itself when nobody needs it.
"""
import asyncio, collections, glob, hmac, json, os, shutil, signal, socket, stat, struct, sys, tempfile, time

ORDER = globals().get("ORDER", b"{}")  # {"secret", "seconds"}: the line before this text
PIECE = 256 * 1024
ACK_EVERY = 128 * 1024
# What one connection may keep for a link that is away or slow; less for each where all of them keep much.
MOST_KEPT, MOST_KEPT_TIGHT, MOST_KEPT_ALL = 16 << 20, 256 << 10, 64 << 20
IDLE_SECONDS, CONNECT_SECONDS = 60, 10
HEAD = struct.Struct("!cI")
DATA, ACK, END, RESET = b"D", b"A", b"E", b"R"


class Session:
    """One connection: its far socket, and how far each side has come. An end or a reset counts as one byte."""

    def __init__(self, hub, reader, writer):
        self.hub, self.reader, self.writer = hub, reader, writer
        self.kept, self.size, self.base = collections.deque(), 0, 0  # (kind, data) after `base`, not acknowledged yet
        self.got, self.told = 0, 0  # bytes from the near side, and how many of them it knows of
        self.wire, self.away_since, self.room = None, time.monotonic(), asyncio.Event()
        self.far_over = self.near_over = False
        self.pulling = asyncio.ensure_future(self.pull())

    async def pull(self):
        """From the far service, as much as may be kept."""
        kind, data = DATA, b""
        while kind == DATA:
            while self.size >= self.hub.most_kept():
                self.room.clear()
                await self.room.wait()
            try:
                data = await self.reader.read(PIECE)
                kind = DATA if data else END
            except OSError:
                data, kind = b"", RESET
            self.keep(kind, data)
            wire = self.wire
            if wire is not None:
                put(wire, kind, data)
                try:
                    await wire.drain()
                except OSError:
                    pass  # it is sent again on the next one

    def keep(self, kind, data):
        self.kept.append((kind, data))
        self.size += max(1, len(data))
        self.hub.kept += max(1, len(data))
        self.far_over = self.far_over or kind != DATA

    def had(self, count):
        """The near side has so many bytes in all."""
        while self.kept and self.base < count:
            kind, data = self.kept.popleft()
            size = max(1, len(data))
            taken = min(size, count - self.base)
            if taken < size:
                self.kept.appendleft((kind, data[taken:]))
            self.base, self.size, self.hub.kept = self.base + taken, self.size - taken, self.hub.kept - taken
        self.room.set()
        if self.far_over and self.near_over and not self.kept:
            self.close()

    def attach(self, wire, had):
        """Goes on over this wire: everything that the near side does not have, in one breath."""
        if self.wire is not None:
            self.wire.transport.abort()
        self.had(had)
        for kind, data in self.kept:
            put(wire, kind, data)
        self.wire, self.away_since, self.told = wire, None, self.got

    def detach(self, wire):
        if self.wire is wire:
            self.wire, self.away_since = None, time.monotonic()

    async def serve(self, reader, wire):
        while True:
            kind, size = HEAD.unpack(await reader.readexactly(HEAD.size))
            data = await reader.readexactly(size) if 0 < size <= PIECE else b""
            if self.wire is not wire:
                return  # another wire has taken over: what is left on this one comes again there
            if kind == DATA and data:
                self.got += len(data)  # before anything is waited for: the next wire asks how much that was
                if not self.near_over:
                    try:
                        self.writer.write(data)
                        await self.writer.drain()
                    except OSError:
                        pass  # the far side says so itself
            elif kind == ACK:
                self.had(int.from_bytes(data, "big"))
            elif kind in (END, RESET):
                self.got, self.near_over = self.got + 1, True
                if kind == RESET:
                    return self.close()
                try:
                    self.writer.write_eof()
                except OSError:
                    pass
            else:
                return
            if self.got - self.told >= ACK_EVERY or kind == END:
                self.told = self.got
                put(wire, ACK, self.got.to_bytes(8, "big"))
            if self.far_over and self.near_over and not self.kept:
                await wire.drain()
                return self.close()

    def close(self, is_reset=False):
        self.pulling.cancel()
        self.hub.kept -= self.size
        self.kept.clear()
        self.size = 0
        self.writer.transport.abort() if is_reset else self.writer.close()
        if self.wire is not None:
            self.wire.close()
        self.hub.sessions.pop(next((name for name, one in self.hub.sessions.items() if one is self), None), None)
        self.hub.idle_since = time.monotonic()


def put(wire, kind, data=b""):
    """A wire that is gone takes nothing; what it did not take is kept."""
    if wire.is_closing():
        return
    for start in range(0, max(1, len(data)), PIECE):
        piece = data[start:start + PIECE]
        wire.write(HEAD.pack(kind, len(piece)))
        wire.write(piece)


class Hub:
    def __init__(self, order):
        self.secret, self.seconds = order["secret"], order["seconds"]
        self.sessions, self.kept, self.idle_since = {}, 0, time.monotonic()

    def most_kept(self):
        return MOST_KEPT if self.kept < MOST_KEPT_ALL else MOST_KEPT_TIGHT

    async def came(self, reader, wire):
        session = None
        try:
            asked = json.loads(await asyncio.wait_for(reader.readline(), CONNECT_SECONDS))
            if not hmac.compare_digest(str(asked["secret"]).encode(), self.secret.encode()):
                return
            if "resume" in asked:
                session = self.sessions.get(asked["resume"])
                answer = {"got": session.got} if session is not None else {"error": "gone"}
            elif asked["name"] in self.sessions:
                session = self.sessions[asked["name"]]  # the answer to its first word was lost
                answer = {"got": session.got}
            else:
                session, answer = await self.open(str(asked["name"]), asked["open"])
            wire.write(json.dumps(answer).encode() + b"\n")
            if session is not None:
                session.attach(wire, asked.get("had", 0))
                await session.serve(reader, wire)
            await wire.drain()
        except (OSError, EOFError, ValueError, KeyError, TypeError, asyncio.TimeoutError, asyncio.LimitOverrunError):
            pass
        finally:
            if session is not None:
                session.detach(wire)
            wire.close()

    async def open(self, name, target):
        try:
            made = asyncio.open_connection(str(target[0]), int(target[1]), limit=PIECE)
            reader, writer = await asyncio.wait_for(made, CONNECT_SECONDS)
        except (OSError, asyncio.TimeoutError) as error:
            return None, {"error": "timeout" if isinstance(error, asyncio.TimeoutError) else "refused"}
        writer.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sessions[name] = session = Session(self, reader, writer)
        return session, {"got": 0}

    async def run(self, tell):
        remove_left_behind()
        folder = tempfile.mkdtemp(prefix="gearway-")
        path = os.path.join(folder, "s")
        try:
            server = await asyncio.start_unix_server(self.came, path, limit=PIECE, backlog=128)
            stop = asyncio.get_event_loop().create_future()
            asyncio.get_event_loop().add_signal_handler(signal.SIGTERM, lambda: stop.done() or stop.set_result(None))
            tell(path)
            while not stop.done():
                await asyncio.wait([stop], timeout=1)
                now = time.monotonic()
                for session in list(self.sessions.values()):
                    if session.away_since is not None and now - session.away_since > self.seconds:
                        session.close(True)
                if not self.sessions and now - self.idle_since > IDLE_SECONDS:
                    break
            server.close()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_left_behind():
    """Folders of this user's helpers that were killed: nobody answers at their socket any more."""
    for folder in glob.glob(os.path.join(glob.escape(tempfile.gettempdir()), "gearway-*")):
        path = os.path.join(folder, "s")
        try:
            is_ours = os.lstat(folder).st_uid == os.getuid() and os.listdir(folder) == ["s"]
            if not is_ours or not stat.S_ISSOCK(os.lstat(path).st_mode):
                continue
            with socket.socket(socket.AF_UNIX) as asked:
                asked.connect(path)
        except ConnectionRefusedError:
            shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            pass  # it is nobody's to remove, or went meanwhile


def begin():
    """Leaves the connection that started it; whoever waits there is told the socket's path."""
    os.umask(0o077)
    ready, done = os.pipe()
    if os.fork():
        os.close(done)
        print("gearway:survive", os.read(ready, 4096).decode(), flush=True)
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    os.close(ready)
    os.chdir("/")
    null = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(null, handle)

    def tell(path):
        os.write(done, path.encode())
        os.close(done)

    try:
        asyncio.run(Hub(json.loads(ORDER)).run(tell))
    finally:
        os._exit(0)


if __name__ == "__main__":
    begin()
