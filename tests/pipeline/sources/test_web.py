"""Links: real requests over real sockets to a site that misbehaves. Only the resolver and the policy are played."""

import datetime
import socket
import ssl
import time
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.errors import LinkFailed, LinkRefused, SourceTooLarge, SourceTooSlow, SourceUnsupported
from pipeline.sources.limits import Limits
from pipeline.sources.web import Web
from tests.fakes.web import Site

HOME = ip_address("127.0.0.1")
QUICK = Limits(page_bytes=200_000, page_seconds=1.0, connect_seconds=0.5, silence_seconds=0.4, redirects=3)


class Names:
    """A resolver with a script: each host's answers in turn, the last one for good."""

    def __init__(self, **hosts):
        self.hosts = hosts
        self.asked = []

    def __call__(self, host, port):
        self.asked.append((host, port))
        answers = self.hosts.get(host.replace(".", "_"))
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "no such host")
        return [ip_address(address) for address in (answers.pop(0) if len(answers) > 1 else answers[0])]


@pytest.fixture
def site():
    with Site() as running:
        yield running


def visitor(site, names=None, limits=QUICK):
    """The real door, where this one site stands for the public web."""
    names = names or Names(site_example=[["127.0.0.1"]], other_example=[["127.0.0.1"]])
    return Web(resolve=names, may_reach=lambda address, port: address == HOME and port == site.port, limits=limits)


def test_a_page_comes_with_its_address_and_encoding(site):
    link = site.page("/tea", "<p>Tea</p>", kind="text/html; charset=iso-8859-1")
    page = visitor(site).fetch(link)
    assert (page.data, page.address, page.charset) == (b"<p>Tea</p>", link, "iso-8859-1")
    assert site.asked == [(f"site.example:{site.port}", "/tea")]


def test_redirects_are_followed_to_the_last_address(site):
    site.page("/c", "there")
    site.redirect("/b", f"http://other.example:{site.port}/c", 301)
    page = visitor(site).fetch(site.redirect("/a", "/b"))
    assert page.data == b"there"
    assert page.address == f"http://other.example:{site.port}/c"


def test_a_circle_of_redirects_ends(site):
    site.redirect("/b", "/a")
    with pytest.raises(LinkFailed, match="without end"):
        visitor(site).fetch(site.redirect("/a", "/b"))
    assert len(site.asked) == 4


def test_the_body_of_a_redirect_is_not_read(site):
    site.page("/b", "there")
    link = site.page("/a", status=302, headers={"Location": "/b"}, endless=b"x" * 4096)
    assert visitor(site).fetch(link).data == b"there"
    assert site.sent < 30_000_000


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[fd00::1]/",
        "http://\u2460\u2461\u2466.0.0.1/",
        "http://1.1.1.1:22/",
        "https://1.1.1.1:8443/",
    ],
)
def test_private_addresses_and_other_ports_are_refused(link):
    with pytest.raises(LinkRefused):
        Web(limits=QUICK).fetch(link)


def spelled(number, form):
    """An IPv4 address as the old functions of every system still read it: decimal, hexadecimal, octal, 1 to 4 parts."""
    base, count = form
    parts = [number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255][: count - 1]
    parts.append(number & (1 << 8 * (5 - count)) - 1)
    return ".".join({"d": "{}", "x": "0x{:x}", "o": "0{:o}"}[base].format(part) for part in parts)


@given(
    network=st.sampled_from([0x7F000000, 0x0A000000, 0xA9FE0000, 0xC0A80000, 0x64400000]),
    machine=st.integers(0, 0xFFFF),
    form=st.tuples(st.sampled_from("dxo"), st.integers(1, 4)),
)
def test_no_spelling_of_a_private_address_is_reached(network, machine, form):
    with pytest.raises(LinkRefused):
        Web(limits=QUICK).fetch(f"http://{spelled(network | machine, form)}/")


@pytest.mark.parametrize(
    "link",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://x/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//x/",
        "x",
        "",
        "http://",
    ],
)
def test_only_web_links_are_read(link):
    with pytest.raises(LinkRefused):
        Web(limits=QUICK).fetch(link)


def test_links_with_a_password_are_refused():
    with pytest.raises(LinkRefused, match="password"):
        Web(limits=QUICK).fetch("http://user:secret@example.org/")


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "file:///etc/passwd", "http://private.example/", "http://u:p@site.example/"]
)
def test_a_redirect_is_checked_like_the_link_itself(site, target):
    names = Names(site_example=[["127.0.0.1"]], private_example=[["192.168.0.1"]], **{"10_0_0_1": [["10.0.0.1"]]})
    with pytest.raises(LinkRefused):
        visitor(site, names).fetch(site.redirect("/a", target))
    assert len(site.asked) == 1


def test_one_private_address_among_public_ones_is_enough_to_refuse(site):
    names = Names(site_example=[["127.0.0.1", "10.0.0.1"]])
    with pytest.raises(LinkRefused):
        visitor(site, names).fetch(site.page("/a", "x"))
    assert site.asked == []


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(site):
    names = Names(site_example=[["127.0.0.1"], ["10.0.0.1"]])
    assert visitor(site, names).fetch(site.page("/a", "x")).data == b"x"
    assert names.asked == [("site.example", site.port)]


def test_a_name_is_checked_again_for_every_new_connection(site):
    names = Names(site_example=[["127.0.0.1"], ["10.0.0.1"]])
    link = site.page("/a", status=302, headers={"Location": "/b", "Connection": "close"})
    site.page("/b", "secret")
    with pytest.raises(LinkRefused):
        visitor(site, names).fetch(link)
    assert [path for _, path in site.asked] == ["/a"]


def test_a_dead_address_is_followed_by_the_next(site):
    def may_reach(address, port):
        return address in (HOME, ip_address("::1")) and port == site.port

    web = Web(resolve=Names(site_example=[["::1", "127.0.0.1"]]), may_reach=may_reach, limits=QUICK)
    assert web.fetch(site.page("/a", "x")).data == b"x"


def test_an_unknown_site_is_said_so(site):
    with pytest.raises(LinkFailed, match="cannot be found"):
        visitor(site).fetch("http://nowhere.example/")


def test_a_site_that_is_down_is_said_so(site):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    web = Web(resolve=Names(site_example=[["127.0.0.1"]]), may_reach=lambda *_: True, limits=QUICK)
    with pytest.raises(LinkFailed, match="cannot be reached"):
        web.fetch(f"http://site.example:{port}/")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(401, "login"), (403, "Copy its text"), (404, "no page"), (429, "too often"), (500, "500"), (204, "204")],
)
def test_every_refusal_of_a_site_says_what_to_do(site, status, sentence):
    with pytest.raises(LinkFailed, match=sentence):
        visitor(site).fetch(site.page("/a", "" if status == 204 else "no", status=status))


@pytest.mark.parametrize("kind", ["audio/mpeg", "image/png", "application/zip", "application/json"])
def test_other_kinds_of_content_are_refused_unread(site, kind):
    with pytest.raises(SourceUnsupported, match=kind):
        visitor(site).fetch(site.page("/a", kind=kind, endless=b"x" * 4096))


def test_packed_pages_are_unpacked(site):
    assert visitor(site).fetch(site.zipped("/a", b"tea" * 100)).data == b"tea" * 100
    assert visitor(site).fetch(site.deflated("/b", b"tea" * 100, bare=False)).data == b"tea" * 100
    assert visitor(site).fetch(site.deflated("/c", b"tea" * 100, bare=True)).data == b"tea" * 100


def test_a_page_that_unpacks_to_far_too_much_is_stopped(site):
    link = site.zipped("/a", b"\0" * 50_000_000)
    started = time.monotonic()
    with pytest.raises(SourceTooLarge):
        visitor(site).fetch(link)
    assert time.monotonic() - started < 1


def test_an_endless_page_is_stopped(site):
    with pytest.raises(SourceTooLarge):
        visitor(site).fetch(site.page("/a", endless=b"x" * 4096))


def test_an_unasked_packing_is_refused(site):
    with pytest.raises(LinkFailed, match="packed"):
        visitor(site).fetch(site.page("/a", b"x", headers={"Content-Encoding": "br"}))


def test_damaged_packing_is_said_so(site):
    with pytest.raises(LinkFailed, match="damaged"):
        visitor(site).fetch(site.page("/a", b"no gzip at all", headers={"Content-Encoding": "gzip"}))


@pytest.mark.parametrize(
    "answer",
    [
        {"silent_s": 5},
        {"body": b"x" * 1000, "dribble_s": 0.1},
        {"raw": b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 1000, "dribble_s": 0.1},
    ],
    ids=["silent", "body byte by byte", "headers byte by byte"],
)
def test_a_slow_page_is_given_up(site, answer):
    body = answer.pop("body", b"")
    started = time.monotonic()
    with pytest.raises(SourceTooSlow):
        visitor(site).fetch(site.page("/a", body, **answer))
    assert time.monotonic() - started < 2


def test_a_page_that_breaks_off_is_not_used(site):
    with pytest.raises(LinkFailed, match="breaks off"):
        visitor(site).fetch(site.page("/a", b"half of", promised=1000))


def test_what_is_not_http_is_said_so(site):
    with pytest.raises(LinkFailed):
        visitor(site).fetch(site.page("/a", raw=b"SSH-2.0-OpenSSH_9.6\r\n\r\n"))


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "site.pem"))
    with Site(context=context) as site, pytest.raises(LinkFailed, match="certificate"):
        visitor(site).fetch(site.page("/a", "x").replace("http:", "https:"))


def test_the_environments_proxies_are_not_used(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert visitor(site).fetch(site.page("/a", "x")).data == b"x"


def self_signed(path):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "site.example")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("site.example")]), critical=False)
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + builder.sign(key, hashes.SHA256()).public_bytes(pem))
    return path
