"""Promises of the reading: every kind of input is understood, and what cannot be read costs nobody else anything."""

import contextlib
import io
import json
import os
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summarizer.articles import Fetcher, read_articles
from summarizer.articles.dates import iso_date

STORY = "Two ferries collided off Port Lumen at dawn. Nine people were taken to hospital, the harbour board said."
PAGE = f"""<!doctype html><html><head><title>Ferries collide - Lumen Post</title>
<meta property="og:site_name" content="Lumen Post"><meta property="og:title" content="Ferries collide">
<meta property="article:published_time" content="2023-03-09T10:00:00+03:00"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Ferries collide</h1><p>{STORY}</p>
<p>Divers searched the wreck until noon and found nobody inside, said the café owner’s son, who had watched them.</p>
</article><footer>All rights reserved</footer></body></html>"""


def read(*inputs, **options):
    return read_articles([str(entry) for entry in inputs], **options)


def only(reading):
    assert not reading.failures
    (article,) = reading.articles
    return article


def failure(reading):
    (failed,) = reading.failures
    assert "\n" not in failed.message
    assert failed.stage == "read"
    return failed


@pytest.fixture
def put(tmp_path):
    """A function that writes a file and gives its path."""

    def write(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


# --- text -----------------------------------------------------------------------------------------------------------


def test_a_text_file_is_an_article_with_its_path(put):
    """The article holds the cleaned text and the path as it was given."""
    path = put("a.txt", f"{STORY}\r\nREAD ALSO: Salt is dear\r\n")
    article = only(read(path))
    assert (article.text, article.path) == (STORY, str(path))


def test_header_lines_name_publisher_date_title_and_address(put):
    """Leading `key: value` lines up to a blank line are the article's data, in any case of letters."""
    header = (
        "Publisher: The Lumen Post\nPUBLISHED: March 9, 2023\ntitle: Ferries &amp; fog\nurl: https://lumen.example/1\n"
    )
    article = only(read(put("a.txt", f"{header}\n{STORY}")))
    assert (article.publisher, article.published) == ("The Lumen Post", "2023-03-09")
    assert (article.title, article.url, article.text) == ("Ferries & fog", "https://lumen.example/1", STORY)


def test_a_first_paragraph_with_a_colon_is_no_header(put):
    """A first paragraph that holds anything but known keys belongs to the story."""
    text = f"Title: the word was painted on the mole.\nPolice: nobody saw it.\n\n{STORY}"
    assert only(read(put("a.txt", text))).text == text


def test_markdown_front_matter_is_a_header(put):
    """A Markdown file's `---` block is read as header lines, unknown keys are passed over."""
    article = only(read(put("a.md", f'---\ntitle: "Ferries"\ntags: sea\npublished: 2023-03-09\n---\n{STORY}')))
    assert (article.title, article.published, article.text) == ("Ferries", "2023-03-09", STORY)


def test_a_leading_date_becomes_the_publish_date(put):
    """A scraper's ` date 2020-03-12 ` at the very start is the publish date and no part of the text."""
    article = only(read(put("a.txt", f" date 2020-03-12 {STORY}")))
    assert (article.published, article.text) == ("2020-03-12", STORY)


def test_a_date_that_does_not_exist_stays_in_the_text(put):
    """Only a true date is taken out of the text."""
    assert only(read(put("a.txt", f"date 2020-02-31 {STORY}"))).text == f"date 2020-02-31 {STORY}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_common_encodings_are_understood(put, encoding):
    """UTF-8 with and without its mark, UTF-16 and UTF-32 with it, and Windows-1252 give the same text."""
    text = "The café\u2019s owner said \u201cnine\u201d."
    assert only(read(put("a.txt", text.encode(encoding)))).text == text


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2023-03-09T01:10:00+03:00", "2023-03-09T01:10:00+03:00"),
        ("2023-03-09", "2023-03-09"),
        ("March 9, 2023", "2023-03-09"),
        ("9 March 2023 4:05 pm", "2023-03-09T16:05:00"),
        ("Thu, 09 Mar 2023 01:10:00 +0300", "2023-03-09T01:10:00+03:00"),
        ("12.04.2013 08:15", "2013-04-12"),
        ("03/14/2023", "2023-03-14"),
        ("03/04/2023", None),
        ("yesterday", None),
        ("March 2023", None),
        ("soon", None),
        (None, None),
    ],
)
def test_publish_dates_are_read_or_left_out(given, iso):
    """Whole dates become ISO 8601; what could be two days, or depends on the clock, is left out."""
    assert iso_date(given) == iso


def test_an_unreadable_publish_date_is_no_failure(put):
    """An article whose date cannot be read is read without a date."""
    assert only(read(put("a.txt", f"published: the other day\n\n{STORY}"))).published is None


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_json_holds_one_article_a_list_or_a_set(put):
    """An object, a list of objects and a set file with `articles` are read; unknown keys are passed over."""
    entry = {"text": STORY, "publisher": "Lumen Post", "published": "2023-03-09", "id": "a1", "reports": []}
    other = {"text": STORY + " Fog closed the strait.", "title": None}
    reading = read(put("1.json", json.dumps(entry)), put("2.json", json.dumps({"articles": [other]})))
    assert [article.publisher for article in reading.articles] == ["Lumen Post", None]
    assert len(read(put("3.json", json.dumps([entry, other]))).articles) == 2


def test_one_bad_object_in_a_list_costs_the_others_nothing(put):
    """Each entry that is no article is one failure, by its number; the rest are articles."""
    entries = [{"text": STORY}, {"title": "no text"}, 7, {"text": " \n"}, {"text": STORY + " More."}]
    reading = read(put("a.json", json.dumps(entries)))
    assert len(reading.articles) == 2
    assert [(failed.error, failed.source[-9:]) for failed in reading.failures] == [
        ("ArticleFormatError", "article 2"),
        ("ArticleFormatError", "article 3"),
        ("ArticleEmptyError", "article 4"),
    ]


def test_one_bad_line_of_jsonl_costs_the_others_nothing(put):
    """A line that is no JSON is one failure, by its number; the rest are articles."""
    reading = read(put("a.jsonl", json.dumps({"text": STORY}) + '\n{"text": \n\n' + json.dumps({"text": STORY + "!"})))
    assert len(reading.articles) == 2
    assert failure(reading).source.endswith("line 2")


def test_invalid_json_is_named_with_its_line(put):
    """The message says where the JSON breaks."""
    failed = failure(read(put("a.json", '{\n "text": "x",\n}')))
    assert failed.error == "ArticleFormatError"
    assert "line 3" in failed.message


@pytest.mark.parametrize("content", ["3", '{"articles": 3}', "[]", "[" * 100_000, '{"text": ' + "1" * 5000 + "}"])
def test_json_without_articles_is_a_failure(put, content):
    """JSON that holds no article, or is built to break a parser, is one failure."""
    assert failure(read(put("a.json", content))).error in {"ArticleFormatError", "ArticleEmptyError"}


def test_half_an_emoji_in_json_does_no_harm(put):
    """A lone surrogate becomes a replacement character, so that the text can be written out."""
    article = only(read(put("a.json", '{"text": "Nine hurt \\ud83d in Lumen"}')))
    assert article.text.encode() == "Nine hurt \N{REPLACEMENT CHARACTER} in Lumen".encode()


def test_an_address_in_an_article_is_data(put):
    """The `url` of an article is kept, never fetched; what is no web address is left out."""
    entries = [{"text": STORY, "url": "http://127.0.0.1:9/"}, {"text": STORY + "!", "url": "javascript:alert(1)"}]
    reading = read(put("a.json", json.dumps(entries)))
    assert [article.url for article in reading.articles] == ["http://127.0.0.1:9/", None]


# --- standard input, folders, patterns ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (STORY, 1),
        (json.dumps({"text": STORY}, indent=1), 1),
        (json.dumps([{"text": STORY}, {"text": STORY + "!"}]), 2),
        (json.dumps({"text": STORY}) + "\n" + json.dumps({"text": STORY + "!"}) + "\n", 2),
        ("[Photo: the quay]\n" + STORY, 1),
        (PAGE, 1),
    ],
)
def test_standard_input_is_recognised_by_its_content(content, count):
    """`-` takes text, a page, JSON or JSONL."""
    reading = read("-", stdin=io.BytesIO(content.encode()))
    assert not reading.failures
    assert len(reading.articles) == count


def test_a_folder_is_searched_for_known_kinds(put, tmp_path):
    """A folder gives its articles of known suffixes at any depth, sorted; hidden and other files are left out."""
    for name in ("b.txt", "a/z.md", "a/c.jsonl", ".hidden/x.txt", "a/.x.txt", "notes.docx"):
        put(name, json.dumps({"text": STORY + name}) if name.endswith("jsonl") else STORY + name)
    reading = read(tmp_path)
    assert [os.path.relpath(article.path, tmp_path) for article in reading.articles] == [
        os.path.join("a", "c.jsonl"),
        os.path.join("a", "z.md"),
        "b.txt",
    ]


def test_a_folder_without_articles_is_a_failure(tmp_path):
    """An empty folder is named, with the kinds that it could hold."""
    failed = failure(read(tmp_path))
    assert failed.error == "ArticleMissingError"
    assert ".txt" in failed.message


def test_patterns_are_expanded_where_the_shell_did_not(put, tmp_path):
    """`*` and `**` work quoted as well; a file whose name holds brackets is that file."""
    put("a.txt", STORY)
    put("deep/b.txt", STORY + "!")
    put("[1].txt", STORY + "?")
    assert len(read(tmp_path / "*.txt").articles) == 2
    assert len(read(tmp_path / "**" / "*.txt").articles) == 3
    assert only(read(tmp_path / "[1].txt")).text == STORY + "?"
    assert failure(read(tmp_path / "*.csv")).error == "ArticleMissingError"


def test_the_order_of_the_inputs_changes_no_article(put):
    """Articles come in the order of the inputs, and their content does not depend on it."""
    first, second = put("a.txt", STORY), put("b.txt", f"publisher: X\n\n{STORY}")
    assert read(first, second).articles == read(second, first).articles[::-1]


# --- what goes wrong ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\n", b"READ ALSO: Salt is dear\n", b"\xef\xbb\xbf", b"title: x\n\n \n"]
)
def test_a_file_without_a_story_is_empty(put, content):
    """No bytes, white space, promotion or a header alone are no article."""
    assert failure(read(put("a.txt", content))).error == "ArticleEmptyError"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"PK\x03\x04....", "zip"),
        (b"\xd0\xcf\x11\xe0....", "office"),
        (b"text with\0nulls", "no text"),
        (bytes(range(1, 256)) * 4, "no text"),
    ],
)
def test_a_binary_file_is_named_with_a_way_out(put, content, what):
    """A PDF, an image or an archive called .txt is one failure that says what it is."""
    failed = failure(read(put("a.txt", content)))
    assert failed.error == "ArticleFormatError"
    assert what in failed.message


def test_a_huge_file_is_refused_unread(tmp_path):
    """30 MB are over the limit, which is seen from the size alone."""
    path = tmp_path / "huge.txt"
    with path.open("wb") as stream:
        stream.truncate(30_000_000)
    started = time.perf_counter()
    failed = failure(read(path))
    assert failed.error == "ArticleTooLargeError"
    assert "10 MB" in failed.message
    assert time.perf_counter() - started < 1


def test_standard_input_has_the_same_limit():
    """A stream without an end is given up at the limit."""
    assert failure(read("-", stdin=io.BytesIO(b"word " * 3_000_000))).error == "ArticleTooLargeError"


@pytest.mark.parametrize("name", ["nowhere.txt", "", "a\0b", "line\nbreak.txt", "x" * 5000, "file:///etc/hosts"])
def test_an_input_that_is_nothing_is_one_failure(put, name):
    """A name that leads nowhere, however odd, is one failure of one line, and the other inputs are read."""
    reading = read(name, put("a.txt", STORY))
    assert failure(reading).error in {"ArticleMissingError", "ArticleFormatError"}
    assert len(reading.articles) == 1


def test_a_link_that_leads_nowhere_is_a_failure(tmp_path):
    """A dangling symbolic link counts as a missing file."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert failure(read(tmp_path)).error == "ArticleMissingError"


def test_a_pipe_that_nobody_writes_to_does_not_hang(tmp_path):
    """A named pipe is refused instead of waited for."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert failure(read(tmp_path / "pipe.txt")).error == "ArticleFormatError"


def test_a_file_without_rights_is_a_failure(put):
    """A file that may not be read is named, and the others are read."""
    closed = put("closed.txt", STORY)
    put("open.txt", STORY + "!")
    closed.chmod(0)
    closed.parent.chmod(0o755)
    # Root may read everything, so the reading happens in a process that has given root up.
    code = (
        "import os, sys; from summarizer.articles import read_articles\n"
        "if os.geteuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "reading = read_articles(sys.argv[1:])\n"
        "print(len(reading.articles), [(f.error, 'permission denied' in f.message) for f in reading.failures])"
    )
    command = [sys.executable, "-c", code, "closed.txt", "open.txt"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=closed.parent)
    assert answer.stdout.strip() == "1 [('ArticleError', True)]"


def test_a_repeated_article_counts_once(put):
    """The same text by the same publisher is read once, and the failure names what it repeats; by another it stays."""
    first, second = put("a.txt", STORY), put("b.txt", STORY + "  \n")
    reading = read(first, second, put("c.txt", f"publisher: Lumen Post\n\n{STORY}"))
    assert len(reading.articles) == 2
    failed = failure(reading)
    assert (failed.source, failed.error) == (str(second), "DuplicateArticle")
    assert str(first) in failed.message


# --- pages ----------------------------------------------------------------------------------------------------------


def test_a_page_gives_its_story_and_its_data(put):
    """Of an HTML file the story is taken, without navigation and footer, with publisher, title and date."""
    article = only(read(put("a.html", PAGE)))
    assert STORY in article.text
    assert "café owner\u2019s" in article.text
    assert "Sport" not in article.text
    assert (article.publisher, article.title, article.published) == ("Lumen Post", "Ferries collide", "2023-03-09")


def test_a_page_is_recognised_without_its_suffix(put):
    """HTML saved as .txt is still a page."""
    assert only(read(put("a.txt", PAGE))).publisher == "Lumen Post"


def test_a_page_without_an_article_is_empty(put):
    """A page that holds no text is a failure, and the next page is read."""
    reading = read(put("a.html", "<html><body><script>1</script></body></html>"), put("b.html", PAGE))
    assert failure(reading).error == "ArticleEmptyError"
    assert len(reading.articles) == 1


def test_a_page_that_takes_too_long_is_given_up(put):
    """The extraction is killed at its time limit, and texts after it are read."""
    paragraphs = "".join(
        f"<p>Ferry {number} sailed <a href='/{number}'>on time</a> again.</p>" for number in range(80_000)
    )
    heavy = f"<html><body><article>{paragraphs}</article></body></html>"
    started = time.perf_counter()
    reading = read(put("a.html", heavy), put("b.txt", STORY), page_seconds=1.0)
    assert failure(reading).error == "ArticleTooLargeError"
    assert len(reading.articles) == 1
    assert time.perf_counter() - started < 5


# --- the web --------------------------------------------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    """A small site with everything that a site does wrong."""

    def do_GET(self):
        # The reader hangs up on slow and endless pages, as it should.
        with contextlib.suppress(OSError):
            getattr(self, "get_" + self.path.strip("/").partition("?")[0], self.get_gone)()

    def reply(self, body, kind="text/html; charset=utf-8", status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def get_page(self):
        self.reply(PAGE.encode())

    def get_latin(self):
        self.reply(PAGE.replace("\u2019", "'").encode("latin-1"), "text/html; charset=iso-8859-1")

    def get_text(self):
        self.reply(f"title: Fog\n\n{STORY}".encode(), "text/plain")

    def get_list(self):
        self.reply(json.dumps([{"text": STORY}, {"text": STORY + "!"}]).encode(), "application/json")

    def get_moved(self):
        self.reply(b"", status=302, Location="/page")

    def get_private(self):
        self.reply(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def get_file(self):
        self.reply(b"", status=302, Location="file:///etc/hosts")

    def get_circle(self):
        self.reply(b"", status=302, Location="/circle")

    def get_broken(self):
        self.reply(b"oh no", status=500)

    def get_pdf(self):
        self.reply(b"%PDF-1.7", "application/pdf")

    def get_announced(self):
        self.reply(b"", **{"Content-Length": "30000000"})

    def get_endless(self):
        self.reply(b"")
        for _ in range(300):
            self.wfile.write(b"x" * 100_000)
            self.server.sent += 100_000

    def get_slow(self):
        self.reply(b"<html>")
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.05)

    def get_silent(self):
        self.wfile.write(b"HTTP/1.0 200 OK\r\n")
        for number in range(40):
            self.wfile.write(f"X-{number}: y\r\n".encode())
            time.sleep(0.1)

    def get_gone(self):
        self.reply(b"gone", status=404)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site():
    """The address of the site, on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    server.sent = 0
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetched(site):
    """A function that reads pages of the site with a fetcher that may reach this machine."""

    def get(*names, seconds=5.0):
        addresses = [f"http://127.0.0.1:{site.server_address[1]}/{name}" for name in names]
        return read(*addresses, fetcher=Fetcher(allow_loopback=True, seconds=seconds))

    return get


def test_an_address_gives_the_page_s_article(fetched):
    """A page is fetched, redirects are followed, and the article keeps the address that was given."""
    article = only(fetched("moved"))
    assert STORY in article.text
    assert (article.publisher, article.path) == ("Lumen Post", None)
    assert article.url.endswith("/moved")


def test_an_address_may_give_text_or_json(fetched):
    """What a server sends is read for what it is, in the encoding that it names."""
    reading = fetched("text", "list?x=1", "latin")
    assert [article.title for article in reading.articles] == ["Fog", None, "Ferries collide"]
    assert failure(reading).error == "DuplicateArticle"
    assert "café" in reading.articles[-1].text


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("nothing", "ArticleMissingError"),
        ("broken", "ArticleError"),
        ("circle", "ArticleError"),
        ("pdf", "ArticleFormatError"),
        ("file", "ArticleFormatError"),
        ("announced", "ArticleTooLargeError"),
    ],
)
def test_a_page_that_is_no_article_is_a_failure(fetched, name, error):
    """Missing pages, server errors, circles, other kinds of file and pages too large are each one failure."""
    assert failure(fetched(name)).error == error


def test_a_page_of_30_mb_is_given_up_at_the_limit(fetched, site):
    """A page that does not say how large it is is read up to the limit only."""
    assert failure(fetched("endless")).error == "ArticleTooLargeError"
    assert site.sent < 25_000_000


@pytest.mark.parametrize("name", ["slow", "silent"])
def test_a_slow_page_is_given_up_in_time(fetched, name):
    """A server that drips its page, or its headers, holds nobody longer than the limit."""
    started = time.perf_counter()
    failed = failure(fetched(name, seconds=0.5))
    assert "0.5 s" in failed.message
    assert time.perf_counter() - started < 2


def test_a_redirect_to_a_private_address_is_refused(fetched):
    """A public page cannot send the reader to the metadata service or into a private network."""
    assert "private address" in failure(fetched("private")).message


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/", "http://localhost:9/", "http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/"],
)
def test_private_addresses_are_not_fetched(address):
    """Without leave for this machine, no private or loopback address is opened."""
    assert "private address" in failure(read(address)).message


def test_a_password_in_an_address_stays_out_of_messages():
    """Neither the failure's source nor its message holds a user name or a password."""
    failed = failure(read("http://mirela:s3cret@127.0.0.1:9/page"))
    assert "s3cret" not in failed.model_dump_json()
    assert "127.0.0.1:9/page" in failed.source


@pytest.mark.parametrize("address", ["http://[::1", "http://", "https://x" * 40])
def test_an_address_that_is_none_is_a_failure(address):
    """What only looks like an address is one failure."""
    assert failure(read(address)).stage == "read"


def test_plain_text_loads_nothing_heavy(put):
    """Reading a text file imports neither the extraction of pages nor the fetching nor the parsing of dates."""
    code = (
        "import sys; from summarizer.articles import read_articles; read_articles(sys.argv[1:]);"
        "print(sorted({'trafilatura', 'requests', 'dateparser', 'lxml'} & set(sys.modules)))"
    )
    path = put("a.txt", f"published: 2023-03-09\n\n{STORY}")
    answer = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
