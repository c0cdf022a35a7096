"""A gate in front of one HTTP service: it asks who comes, and passes on only those whom it knows.

    python3 -I gate.py        (Python 3.8 or later, nothing but its standard library)

Beside it stand gate.json (what it guards, whom it lets in; read again when it changes), secret (signs sessions; made
here, never leaves) and use.json (what happened). Only their owner can read them. Of passwords, links and keys it knows
hashes alone. Neither paths nor anything that was sent to it are logged.
"""
import asyncio, base64, collections, hashlib, hmac, html, ipaddress, json
import os, re, resource, secrets, signal, time, unicodedata
from http import HTTPStatus
from urllib.parse import parse_qsl

MOST_HEAD, MOST_ANSWER_HEAD, MOST_HEADERS, MOST_FORM = 64 * 1024, 256 * 1024, 200, 8 * 1024
PIECE, ENDLESS = 256 * 1024, float("inf")  # bytes that are passed on at once
HEAD_SECONDS, IDLE_SECONDS, LINGER_SECONDS, CONNECT_SECONDS, SESSION_SECONDS = 20, 75, 2, 10, 30 * 86400
MOST_FAILED_EACH, MOST_FAILED_ALL = 5, 30  # wrong passwords in a minute, from one source and from all
WORD = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
TARGET = re.compile(rb"/[\x21-\x7e\x80-\xff]*")
UNFIT = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
LINK = re.compile(r"gwl_[A-Za-z0-9_-]{43}")
LOCAL_PATH = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")
ONCE_ONLY = {"host", "content-length", "transfer-encoding", "authorization", "origin", "x-gearway-key", "upgrade"}
HOP = {"connection", "keep-alive", "proxy-connection", "proxy-authorization", "te", "upgrade", "x-gearway-key"}
FRAMING = {"host", "content-length", "transfer-encoding", "authorization", "cookie"}


class Refused(Exception):
    """A request that is answered with (status, why), after which its connection ends."""


def local_path(text):
    """Where to go on after a login: never to another site."""
    return text if LOCAL_PATH.fullmatch(text) and not text.startswith("/.gearway") else "/"


class Request:
    """A request's head, read strictly: what two programs could read differently is refused."""
    def __init__(self, raw):
        lines = raw[:-4].split(b"\r\n")
        first = lines[0].split(b" ")
        if len(first) != 3 or not WORD.fullmatch(first[0]) or len(lines) - 1 > MOST_HEADERS:
            raise Refused(400, "request line")
        self.method, self.target, self.version = first
        is_new = self.version == b"HTTP/1.1"
        if not TARGET.fullmatch(self.target) or self.method in (b"CONNECT", b"TRACE"):
            raise Refused(400, "target")
        if not is_new and self.version != b"HTTP/1.0":
            raise Refused(505, "version")
        self.headers, self.by_name = [], {}
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon or not WORD.fullmatch(name) or UNFIT.search(value):
                raise Refused(400, "header")
            value, key = value.strip(b" \t"), name.lower().decode()
            if "_" in key and key.replace("_", "-") in ONCE_ONLY:
                raise Refused(400, "header")  # some services take Content_Length for the other
            self.headers.append((name, key, value))
            self.by_name.setdefault(key, []).append(value)
        self.options = {one.strip().lower() for one in ",".join(self.all("connection")).split(",")}
        if any(len(self.by_name.get(key, ())) > 1 for key in ONCE_ONLY) or self.options & FRAMING:
            raise Refused(400, "header")
        coding, length = self.first("transfer-encoding"), self.first("content-length", "0")
        self.chunked, is_both = coding is not None, coding is not None and "content-length" in self.by_name
        if self.chunked and (is_both or not is_new or coding.lower() != "chunked"):
            raise Refused(400, "framing")
        if not re.fullmatch("[0-9]{1,18}", length) or (is_new and "host" not in self.by_name):
            raise Refused(400, "framing")
        self.length, self.has_body = int(length), self.chunked or int(length) > 0
        self.is_socket = "upgrade" in self.options and self.first("upgrade", "").lower() == "websocket"
        if self.is_socket and (self.has_body or self.method != b"GET" or not is_new):
            raise Refused(400, "upgrade")
        self.keeps = "close" not in self.options if is_new else "keep-alive" in self.options

    def all(self, key):
        return [value.decode("latin-1") for value in self.by_name.get(key, ())]

    def first(self, key, otherwise=None):
        return next(iter(self.all(key)), otherwise)

    def cookies(self, wanted):
        pairs = (pair.strip().partition("=") for pair in ";".join(self.all("cookie")).split(";"))
        return [value for name, _, value in pairs if name == wanted]

    def forwarded(self):
        """What whoever forwarded it last says of whom it had it from."""
        return ",".join(self.all("x-forwarded-for")).rpartition(",")[2].strip() or None

    def is_own_origin(self, origin):
        """Is it the address under which this very request came."""
        scheme, _, host = origin.partition("://")
        plain = [re.sub(":(80|443)$", "", one.lower())
                 for one in (host, self.first("host", ""), self.first("x-forwarded-host", ""))]
        return scheme in ("http", "https") and host != "" and plain[0] in plain[1:]

    def is_own_page(self):
        """A session counts for the service's pages and for links that lead to it, not for what other sites' pages ask."""
        if self.first("origin") is not None:
            return self.is_own_origin(self.first("origin"))
        return self.first("sec-fetch-site") in (None, "same-origin", "none") or (
            self.method in (b"GET", b"HEAD") and self.first("sec-fetch-mode") == "navigate"
            and self.first("sec-fetch-dest") == "document")


class Reader(asyncio.StreamReader):
    """A stream that tells when the other side has ended its half."""
    on_end = None

    def feed_eof(self):
        super().feed_eof()
        if self.on_end is not None:
            self.on_end()


class Wire:
    """One connection: a reader, and a writer that holds back when the other side does not take."""
    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        writer.transport.set_write_buffer_limits(high=PIECE)

    async def send(self, data):
        self.writer.write(data)
        await self.writer.drain()

    def finish(self):
        if not self.writer.is_closing():
            self.writer.write_eof()

    def abort(self):
        self.writer.transport.abort()


async def pass_bytes(source, sink, left):
    """So many bytes, or all of them where `left` is endless."""
    while left > 0:
        data = await source.reader.read(min(left, PIECE))
        if not data and left == ENDLESS:
            return
        if not data:
            raise ConnectionResetError()  # cut: it must not look whole
        left -= len(data)
        await sink.send(data)


async def pass_chunks(source, sink, strict):
    """Chunks as they come (RFC 9112, 7.1). `strict` allows neither extensions nor trailers."""
    state, size = "size", 0
    while state != "over":
        line = await source.reader.readuntil(b"\n")
        text = line[:-2]
        if line[-2:] != b"\r\n" or b"\r" in text or len(line) > 4096:
            raise Refused(400, "chunk")
        if state == "size":
            number = text if strict else text.partition(b";")[0].strip(b" \t")
            if not re.fullmatch(b"[0-9a-fA-F]{1,15}", number):
                raise Refused(400, "chunk")
            size = int(number, 16)
            sink.writer.write(line)
            await pass_bytes(source, sink, size)
            state = "end" if size > 0 else "trailer"
            continue
        if text and (strict or state == "end"):
            raise Refused(400, "chunk")
        state = "size" if state == "end" else "trailer" if text else "over"
        await sink.send(line)


def write_whole(path, data):
    """A kill leaves the old file or the new one; nobody else may read either."""
    with os.fdopen(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    os.replace(path + ".new", path)


class Grants:
    """Whom the gate lets in, as gate.json says now, and what became of it."""
    def __init__(self, folder):
        self.path, self.use_path = os.path.join(folder, "gate.json"), os.path.join(folder, "use.json")
        self.stamp, self.config, self.grants, self.cookie = None, {}, [], "__Host-gearway"
        self.use, self.refused, self.is_changed = {}, collections.Counter(), False
        self.failed, self.trying = collections.deque(), 0  # (time, source) of wrong passwords
        if not os.path.exists(os.path.join(folder, "secret")):
            write_whole(os.path.join(folder, "secret"), secrets.token_bytes(32))
        with open(os.path.join(folder, "secret"), "rb") as file:
            self.secret = file.read()
        try:
            with open(self.use_path, "rb") as file:
                kept = json.load(file)
            self.use, self.refused = dict(kept["grants"]), collections.Counter(kept["refused"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # nothing was counted yet
        self.refresh()

    def refresh(self):
        """Reads gate.json where it changed. One that cannot be read lets nobody in."""
        try:
            found = os.stat(self.path)
            stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
            if stamp == self.stamp:
                return
            self.stamp = stamp
            with open(self.path, "rb") as file:
                config = json.load(file)
            for grant in config["grants"]:
                grant["networks"] = [ipaddress.ip_network(one, False) for one in grant.get("networks", ())]
                grant["id"], grant["hash"] = str(grant["id"]), str(grant.get("hash", ""))
            self.cookie = "__Host-gearway-" + re.sub("[^a-z0-9]", "", config["id"])
            self.config, self.grants = config, config["grants"]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            if self.grants or self.stamp is None:
                print("gate: gate.json cannot be read, nobody is let in:", type(error).__name__, flush=True)
            self.grants = []

    def is_valid(self, grant):
        return not grant.get("revoked") and time.time() < (grant.get("until") or ENDLESS)

    def is_still(self, grant):
        return any((one["id"], one["hash"]) == (grant["id"], grant["hash"]) and self.is_valid(one) for one in self.grants)

    def by_token(self, kind, token):
        """The grant of this link or key, ended or not. Every one is compared, each in constant time."""
        digest, found = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest().encode(), None
        for grant in self.grants:
            if hmac.compare_digest(grant["hash"].encode(), digest) and grant["kind"] == kind:
                found = grant
        return found

    def by_password(self, text):
        """Takes a quarter of a second: never in the event loop."""
        typed, found = unicodedata.normalize("NFC", text).encode("utf-8", "replace"), None
        for grant in self.grants:
            if grant["kind"] == "password" and self.is_valid(grant):
                made = hashlib.pbkdf2_hmac("sha256", typed, bytes.fromhex(grant["salt"]), int(grant["rounds"])).hex()
                if hmac.compare_digest(made.encode(), grant["hash"].encode()):
                    found = found or grant
        return found

    def by_address(self, text):
        try:
            address = ipaddress.ip_address((text or "").strip("[]"))
        except ValueError:
            return None
        return next((one for one in self.grants if self.is_valid(one) and any(
            address in network for network in one["networks"])), None)

    def sign(self, grant, times):
        said = "|".join((self.config["id"], grant["id"], grant["hash"], times)).encode()
        return base64.urlsafe_b64encode(hmac.new(self.secret, said, hashlib.sha256).digest()).decode().rstrip("=")

    def session(self, grant):
        now = int(time.time())
        until = min(now + SESSION_SECONDS, int(grant.get("until") or now + SESSION_SECONDS))
        times = "%d.%d" % (now, until)
        value = "%s.%s.%s" % (grant["id"], times, self.sign(grant, times))
        return "Set-Cookie: %s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; SameSite=Lax" % (self.cookie, value, until - now)

    def by_session(self, value):
        match = re.fullmatch(r"([a-z0-9]{1,40})\.([0-9]{1,12}\.([0-9]{1,12}))\.([A-Za-z0-9_-]{43})", value)
        if match is None or time.time() >= int(match[3]):
            return None
        grant = next((one for one in self.grants if one["id"] == match[1]), None)
        return grant if grant and hmac.compare_digest(self.sign(grant, match[2]), match[4]) else None

    def entry(self, grant):
        self.is_changed = True
        return self.use.setdefault(grant["id"], {"last": 0, "count": 0, "refused": 0})

    def used(self, grant):
        self.entry(grant).update(last=int(time.time()), count=self.entry(grant)["count"] + 1)

    def refuse(self, why, grant=None):
        self.refused[why] += 1
        self.is_changed = True
        if grant is not None:
            self.entry(grant)["refused"] += 1

    def wait_seconds(self, source):
        """How long nobody's password from there is looked at, by what failed in the last minute."""
        now = time.monotonic()
        while self.failed and self.failed[0][0] < now - 60:
            self.failed.popleft()
        mine = [at for at, one in self.failed if one == source][-MOST_FAILED_EACH:]
        if len(mine) < MOST_FAILED_EACH and len(self.failed) + self.trying < MOST_FAILED_ALL:
            return 0
        return int((mine if len(mine) == MOST_FAILED_EACH else self.failed[0] if self.failed else [now])[0] + 61 - now)

    def save(self):
        self.is_changed = False
        write_whole(self.use_path, json.dumps({"grants": self.use, "refused": self.refused}).encode())


class Visitor:
    """One connection of a client and, once somebody was let in on it, one of its own to the service."""
    def __init__(self, gate, reader, writer):
        self.gate, self.grants, self.client, self.service = gate, gate.grants, Wire(reader, writer), None
        self.grant, self.deadline = None, time.monotonic() + HEAD_SECONDS
        self.peer = (writer.get_extra_info("peername") or ("",))[0]

    def abort(self):
        for wire in filter(None, (self.client, self.service)):
            wire.abort()

    async def run(self):
        try:
            try:
                while await self.serve(Request(await self.client.reader.readuntil(b"\r\n\r\n"))):
                    self.grant, self.deadline = None, time.monotonic() + IDLE_SECONDS
            except (Refused, asyncio.LimitOverrunError) as error:
                self.grants.refuse("malformed")
                status, why = error.args if isinstance(error, Refused) else (431, "head too large")
                await self.answer(None, status, "text/plain", why.encode() + b"\n")
            await self.linger()
        except (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            self.abort()
            self.gate.visitors.discard(self)

    async def linger(self):
        """Ends so that the last answer is read before the connection resets."""
        self.grant, self.deadline = None, time.monotonic() + LINGER_SECONDS
        self.client.finish()
        while await self.client.reader.read(PIECE):
            pass

    async def serve(self, request):
        """Answers one request; says whether another one may follow."""
        self.grants.refresh()
        self.deadline = time.monotonic() + HEAD_SECONDS
        path = request.target.partition(b"?")[0]
        if path == b"/.gearway/enter":
            return await self.enter(request)
        if path == b"/.gearway/open":
            return await self.page(request, 200, "/")
        if path.startswith(b"/.gearway"):
            return await self.answer(request, 404, "text/plain", b"not found\n")
        grant, why = self.admit(request)
        if why is not None:
            self.grants.refuse(why, grant)
            return await self.turn_away(request)
        self.grants.used(grant)
        self.grant, self.deadline = grant, None
        return await self.forward(request)

    def admit(self, request):
        """(who is let in, None), or (whose link or key was tried, why not)."""
        bearer = re.fullmatch(r"(?i)bearer +(gwk_\S*)", request.first("authorization", ""))
        key = request.first("x-gearway-key") or (bearer and bearer[1])
        if key:
            grant = self.grants.by_token("key", key)
            return grant, None if grant and self.grants.is_valid(grant) else "key"
        grant = self.grants.by_address(request.forwarded() if self.grants.config.get("trust_forwarded") else self.peer)
        if grant is not None:
            return grant, None
        tried = None, "stranger"
        for value in request.cookies(self.grants.cookie):
            grant = self.grants.by_session(value)
            if grant is not None and self.grants.is_valid(grant):
                return grant, None if request.is_own_page() else "foreign page"
            tried = grant, "session" if grant is None else "ended"
        return tried

    async def enter(self, request):
        """A password or a link, from the gate's own page only."""
        origin, kind = request.first("origin"), request.first("content-type", "").partition(";")[0].strip().lower()
        own = request.is_own_origin(origin) if origin else request.first("sec-fetch-site") == "same-origin"
        if request.method != b"POST" or not own or kind != "application/x-www-form-urlencoded":
            self.grants.refuse("foreign page")
            return await self.answer(request, 403, "text/plain", b"only from the gate's own page\n")
        if request.chunked or request.length > MOST_FORM:
            raise Refused(413, "too large")
        body = (await self.client.reader.readexactly(request.length)).decode("utf-8", "replace")
        fields = dict(parse_qsl(body, errors="replace"))
        request.has_body = False
        after, text = local_path(fields.get("next", "/")), fields.get("secret", "")
        link = LINK.search(text)
        grant, status, word = self.by_link(link[0]) if link else await self.by_password(text, request)
        if grant is None:
            return await self.page(request, status, after, word)
        self.grants.used(grant)
        if grant.get("once"):
            self.grants.entry(grant)["opened"] = True
            self.grants.save()
        return await self.answer(request, 303, "text/plain", b"", ("Location: " + after, self.grants.session(grant)))

    def by_link(self, token):
        grant = self.grants.by_token("link", token)
        if grant and self.grants.is_valid(grant) and not (grant.get("once") and self.grants.entry(grant).get("opened")):
            return grant, 303, None
        self.grants.refuse("link", grant)
        return None, 403, "ended"

    async def by_password(self, text, request):
        source = self.peer, request.forwarded()
        wait = self.grants.wait_seconds(source)
        if wait > 0:
            self.grants.refuse("too many")
            return None, 429, wait
        self.grants.trying, self.deadline = self.grants.trying + 1, None
        try:
            async with self.gate.hashing:
                work = self.grants.by_password, text if len(text) <= 1024 else ""
                grant = await asyncio.get_event_loop().run_in_executor(None, *work) if text else None
        finally:
            self.grants.trying -= 1
        if grant is not None:
            return grant, 303, None
        self.grants.failed.append((time.monotonic(), source))
        self.grants.refuse("password")
        return None, 403, "wrong"

    async def turn_away(self, request):
        if request.method in (b"GET", b"HEAD") and "text/html" in request.first("accept", "") and not request.is_socket:
            return await self.page(request, 401, request.target.decode("latin-1"))
        said = {"message": "This service asks for a key: Authorization: Bearer gwk_...", "code": "key_needed"}
        return await self.answer(request, 401, "application/json", json.dumps({"error": said}).encode(), ("WWW-Authenticate: Bearer",))

    async def page(self, request, status, after, word=None):
        """The page that asks, as gate.json has it in two languages: {{name}} stands for what differs."""
        is_chinese = re.match(r"\s*zh\b", request.first("accept-language", ""), re.I)
        words, nonce = self.grants.config["page"]["zh-CN" if is_chinese else "en"], secrets.token_urlsafe(16)
        said = words["many"].replace("{{seconds}}", str(word)) if isinstance(word, int) else words[word] if word else ""
        parts = {"nonce": nonce, "next": html.escape(local_path(after)), "said": html.escape(said)}
        text = re.sub(r"\{\{(\w+)\}\}", lambda match: parts.get(match[1], ""), words["html"]).encode()
        policy = "default-src 'none'; style-src 'nonce-%s'; script-src 'nonce-%s'; form-action 'self'; " \
            "frame-ancestors 'none'; base-uri 'none'" % (nonce, nonce)
        more = ("Content-Security-Policy: " + policy, "X-Frame-Options: DENY", "Vary: Accept-Language")
        more += ("Retry-After: %d" % word,) if isinstance(word, int) else ()
        return await self.answer(request, status, "text/html; charset=utf-8", text, more)

    async def answer(self, request, status, kind, body, more=()):
        """The gate's own answer; says whether another request may follow."""
        keeps = request is not None and request.keeps and not request.has_body and not request.is_socket
        lines = ["HTTP/1.1 %d %s" % (status, HTTPStatus(status).phrase), "Content-Type: " + kind,
                 "Content-Length: %d" % len(body), "Cache-Control: no-store", "Referrer-Policy: same-origin",
                 "X-Content-Type-Options: nosniff", "Gearway-Gate: %s" % self.grants.config.get("id", ""),
                 "Connection: " + ("keep-alive" if keeps else "close"), *more, "", ""]
        await self.client.send("\r\n".join(lines).encode("latin-1") + (b"" if request and request.method == b"HEAD" else body))
        return keeps

    def head_for_service(self, request):
        """The head as it came, but for what concerns one connection only and for what opened the gate."""
        lines, own = [b" ".join((request.method, request.target, request.version))], self.grants.cookie.encode()
        for name, key, value in request.headers:
            if key in HOP or key in request.options or (key == "authorization" and b"gwk_" in value):
                continue
            if key == "cookie":
                kept = [part for part in value.split(b";") if part.strip().partition(b"=")[0] != own]
                value = b";".join(kept).strip()
            if value or key != "cookie":
                lines.append(name + b": " + value)
        replaced = self.grants.config.get("service_authorization")
        if replaced and self.grant["kind"] == "key" and not any(line[:14].lower() == b"authorization:" for line in lines):
            lines.append(b"Authorization: " + replaced.encode("latin-1"))
        lines += [b"Connection: Upgrade", b"Upgrade: websocket"] if request.is_socket else [b"Connection: close"]
        return b"\r\n".join(lines) + b"\r\n\r\n"

    async def forward(self, request):
        """Passes one request and its answer as they come, over a connection to the service of its own."""
        place, sending = self.grants.config["service"], None
        try:
            made = asyncio.open_connection(place["host"], int(place["port"]), limit=MOST_ANSWER_HEAD)
            self.service = Wire(*await asyncio.wait_for(made, CONNECT_SECONDS))
            await self.service.send(self.head_for_service(request))
        except (OSError, asyncio.TimeoutError):
            return await self.answer(request, 502, "text/plain", b"the service does not answer\n")
        try:
            if request.has_body:
                sending = asyncio.ensure_future(self.send_body(request))
            elif not request.is_socket:
                self.client.reader.on_end = self.service.finish  # the service hears that nobody waits any more
                if self.client.reader.at_eof():
                    self.service.finish()
            return await self.pass_answer(request) and request.keeps and not request.has_body
        finally:
            self.client.reader.on_end = None
            if sending is not None:
                sending.cancel()
            self.service.abort()

    async def send_body(self, request):
        """The answer may come before the body has ended."""
        try:
            await (pass_chunks(self.client, self.service, True) if request.chunked
                   else pass_bytes(self.client, self.service, request.length))
            request.has_body = False
        except (OSError, EOFError, Refused, asyncio.LimitOverrunError):
            self.service.abort()

    async def pass_answer(self, request):
        """Says whether its end can be told without the end of the connection."""
        code = 100
        while code < 200 and code != 101:
            head = await self.service.reader.readuntil(b"\r\n\r\n")
            lines = head[:-4].split(b"\r\n")
            match = re.match(rb"HTTP/1\.[01] ([1-9][0-9]{2})(?: |$)", lines[0])
            code = int(match[1]) if match else 502
            if code < 200:
                await self.client.send(head)
        if code == 101:
            return request.is_socket and await self.tunnel()
        parts = [[part.strip().lower() for part in line.partition(b":")[::2]] for line in lines[1:]]
        coding, length = dict(parts).get(b"transfer-encoding", b""), dict(parts).get(b"content-length", b"")
        leave = {b"connection", b"keep-alive"} | ({b"content-length"} if coding else set())  # never two framings
        kept = lines[:1] + [line for line, (key, _) in zip(lines[1:], parts) if key not in leave]
        is_empty = request.method == b"HEAD" or code in (204, 304)
        has_end = is_empty or coding == b"chunked" or length.isdigit()
        kept.append(b"Connection: keep-alive" if has_end and request.keeps else b"Connection: close")
        await self.client.send(b"\r\n".join(kept) + b"\r\n\r\n")
        if not is_empty:
            await (pass_chunks(self.service, self.client, False) if coding == b"chunked"
                   else pass_bytes(self.service, self.client, int(length)) if has_end
                   else pass_bytes(self.service, self.client, ENDLESS))
        return has_end

    async def tunnel(self):
        """Bytes both ways until both halves have ended."""
        async def half(source, sink):
            await pass_bytes(source, sink, ENDLESS)
            sink.finish()

        await asyncio.gather(half(self.client, self.service), half(self.service, self.client))


class Gate:
    def __init__(self, folder):
        self.grants, self.visitors = Grants(folder), set()
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
        self.most_visitors = max(32, min(8192, most // 2 - 64))
        self.told = self.grants.refused.copy()

    async def came(self, reader, writer):
        visitor = Visitor(self, reader, writer)
        self.visitors.add(visitor)
        waiting = [one for one in self.visitors if one.grant is None] if len(self.visitors) > self.most_visitors else ()
        if waiting:  # whoever says nothing for the longest time makes room
            min(waiting, key=lambda one: one.deadline or 0).abort()
        await visitor.run()

    def look(self):
        """Once a second: who is no longer let in goes now, who says nothing goes in time."""
        self.grants.refresh()
        now = time.monotonic()
        for visitor in list(self.visitors):
            is_late = visitor.deadline is not None and now > visitor.deadline
            if is_late or (visitor.grant is not None and not self.grants.is_still(visitor.grant)):
                visitor.abort()
        if self.grants.is_changed:
            self.grants.save()
            # What was refused since the last line, counted: a flood of tries is no flood of lines.
            new = sorted((self.grants.refused - self.told).items())
            if new:
                print(time.strftime("%F %T"), "refused:", ", ".join("%d %s" % (n, why) for why, n in new), flush=True)
            self.told = self.grants.refused.copy()

    async def run(self):
        loop, port, service = asyncio.get_event_loop(), int(self.grants.config["port"]), self.grants.config["service"]
        self.hashing = asyncio.Semaphore(2)
        addresses = self.grants.config.get("addresses") or outer_addresses(port, service)
        servers = [await loop.create_server(lambda: asyncio.StreamReaderProtocol(Reader(limit=MOST_HEAD), self.came),
                                            one, port, backlog=1024) for one in addresses]
        stop = loop.create_future()
        loop.add_signal_handler(signal.SIGTERM, lambda: stop.done() or stop.set_result(None))
        print("gate: listens on", ", ".join(addresses), "port", port, "in front of", service["port"], flush=True)
        while not stop.done():
            await asyncio.wait([stop], timeout=1)
            self.look()
        for server in servers:
            server.close()
        for visitor in list(self.visitors):
            visitor.abort()


def outer_addresses(port, service):
    """Where others reach this container. A service on the gate's own port keeps that one on 127.0.0.1."""
    if int(service["port"]) != port:
        return ["0.0.0.0"]
    with open("/proc/net/fib_trie") as file:
        found = re.findall(r"\|-- ([0-9.]+)\n\s+/32 host LOCAL", file.read())
    if os.path.exists("/proc/net/if_inet6"):
        with open("/proc/net/if_inet6") as file:
            found += [ipaddress.IPv6Address(bytes.fromhex(line.split()[0])) for line in file]
    known = [ipaddress.ip_address(one) for one in dict.fromkeys(found)]
    outer = [str(one) for one in known if not (one.is_loopback or one.is_link_local or one.is_multicast)]
    if not outer:
        raise SystemExit("gate: this container has no address that others can reach")
    return outer


if __name__ == "__main__":
    os.umask(0o077)
    gate = Gate(os.path.dirname(os.path.abspath(__file__)))
    if not gate.grants.config:
        raise SystemExit("gate: there is no gate.json that can be read")
    asyncio.run(gate.run())
